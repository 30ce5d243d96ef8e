import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { mailLimits } from '../transport/mail-limits.js';
import { notice } from './mail-node.fixture.js';
import { mailScene } from './mail-scene.fixture.js';
import { MailRow } from './mail.entity.js';

const hour = 3_600_000;

forEachDatabase('mail, on', (kind) => {
  const scene = mailScene(kind);
  let alarms: string[];

  beforeEach(() => {
    alarms = [];
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((line: unknown) => void alarms.push(String(line)));
  });
  afterEach(() => void jest.restoreAllMocks());

  /** A sweep every ten seconds would be too many; one every half minute shows the same. */
  async function passes(milliseconds: number, step = 30_000): Promise<void> {
    for (let left = milliseconds; left > 0; left -= step) {
      scene.clock.advance(step);
      await scene.one.sweeps();
    }
  }

  it('is not lost while the mail server is away: it is delivered later, once', async () => {
    const { one } = scene;
    one.mailServer = 'is away';
    await one.mailer.send(notice('one'));
    await passes(hour);
    expect(one.delivered).toEqual([]);
    one.mailServer = 'takes';
    await passes(hour);
    expect(one.delivered.map(({ id }) => id)).toEqual(['one']);
    expect(alarms).toEqual([]);
  });

  it('that is a decoy goes the way of all mails, and is not sent', async () => {
    const { one } = scene;
    await one.mailer.send({ ...notice('one'), decoy: true });
    await one.mailer.send({ ...notice('two'), decoy: false });
    await passes(hour);
    expect(one.delivered.map(({ id }) => id)).toEqual(['two']);
    expect(one.postman.rehearsed.map(({ id }) => id)).toEqual(['one']);
    const states = (await scene.rows()).map(({ state, letter }) => [state, letter]);
    expect(states).toEqual([
      ['sent', ''],
      ['sent', ''],
    ]);
  });

  it('that came too late to be of use is not sent, and nothing of it stays', async () => {
    const { clock, one } = scene;
    one.mailServer = 'is away';
    const until = clock.now() + 600_000;
    await one.mailer.send({ ...notice('one'), until });
    await passes(300_000);
    expect(await scene.rows()).toHaveLength(1);
    await passes(hour);
    expect(await scene.rows()).toEqual([]);
    one.mailServer = 'takes';
    await passes(hour);
    expect([one.delivered, alarms]).toEqual([[], []]);
  });

  it('that is of use for minutes is not kept for the operator when it is refused', async () => {
    const { clock, one } = scene;
    one.mailServer = 'refuses';
    await one.mailer.send({ ...notice('one'), until: clock.now() + 600_000 });
    await one.delivery.settled();
    expect(await scene.rows()).toEqual([]);
  });

  it('does not wear the mail server out: the waits grow, to an hour', async () => {
    const { clock, one } = scene;
    one.mailServer = 'is away';
    await one.mailer.send(notice('one'));
    await one.delivery.settled();
    const waits: number[] = [];
    for (let tries = 1; tries < 10; tries++) {
      const [row] = await scene.rows();
      waits.push((row?.dueAt ?? 0) - clock.now());
      clock.advance((row?.dueAt ?? 0) - clock.now() - 1);
      await one.sweeps();
      expect(one.postman.tries).toBe(tries);
      clock.advance(1);
      await one.sweeps();
    }
    expect(waits.map((wait) => wait / 1000)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  });

  it('is given up after five days with one alarm, and kept for the operator with the reason', async () => {
    const { one } = scene;
    one.mailServer = 'is away';
    await one.mailer.send(notice('one'));
    await passes(mailLimits.givenUpAfterMs + hour, hour);
    const { tries } = one.postman;
    await passes(10 * hour, hour);
    expect(one.postman.tries).toBe(tries);
    expect(alarms).toEqual([expect.stringMatching(/^mail one \(mail\/hello\) is given up/)]);
    const [row] = await scene.rows();
    expect(row).toMatchObject({ state: 'given-up', fault: 'connect ECONNREFUSED [31m' });
    expect(row?.letter).not.toBe('');
  });

  it('that is refused for good is given up at once, and holds no other up', async () => {
    const { one } = scene;
    one.mailServer = 'refuses';
    await one.mailer.send(notice('one', 'nobody@example.com'));
    await one.delivery.settled();
    one.mailServer = 'takes';
    await one.mailer.send(notice('two'));
    await passes(hour);
    expect(one.delivered.map(({ id }) => id)).toEqual(['two']);
    expect(one.postman.tries).toBe(2);
    expect(alarms).toEqual([
      'mail one (mail/hello) is given up and kept for the operator: 550 no such mailbox',
    ]);
  });

  it('that was sealed under another secret waits for that secret', async () => {
    const { clock, one } = scene;
    const before = scene.another('the secret of last year');
    before.mailServer = 'is away';
    await before.mailer.send(notice('one'));
    await before.delivery.settled();
    await passes(hour);
    expect(one.delivered).toEqual([]);
    before.mailServer = 'takes';
    clock.advance(hour);
    await before.sweeps();
    expect(before.delivered).toHaveLength(1);
  });

  it('cannot flood a mailbox: mails over the hourly limit wait', async () => {
    const { clock, one } = scene;
    const { perHour } = mailLimits;
    for (let n = 0; n < perHour + 5; n++) await one.mailer.send(notice(`n${n}`));
    await one.delivery.settled();
    expect(one.delivered).toHaveLength(perHour);
    await one.mailer.send(notice('other', 'bob@example.com'));
    await one.mailer.send({ ...notice('warning'), view: 'mail/warning' });
    await one.delivery.settled();
    // The lanes run in parallel, so the order of the two is not guaranteed.
    expect(
      one.delivered
        .slice(perHour)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['other', 'warning']);
    clock.advance(hour);
    await one.sweeps();
    expect(one.delivered).toHaveLength(perHour + 7);
  });

  it('cannot fill the table either: a queue of more than a day is too long', async () => {
    const { clock, one } = scene;
    const { perHour, longestQueueMs } = mailLimits;
    const dueAt = clock.now() + longestQueueMs;
    const row = { recipient: 'ann@example.com', view: 'mail/hello', letter: '', state: 'waiting' } as const;
    const facts = { ...row, tries: 0, dueAt, claimedUntil: 0, fault: null, createdAt: clock.now() };
    await scene.database.manager.insert(
      MailRow,
      Array.from({ length: perHour }, (_, n) => ({ ...facts, id: `old${n}` })),
    );
    await one.mailer.send(notice('one', 'Ann@Example.com'));
    expect(await scene.rows()).toHaveLength(perHour);
  });

  it('that ended long ago is deleted, and a waiting one never', async () => {
    const { clock, one } = scene;
    await one.mailer.send(notice('sent'));
    await one.delivery.settled();
    one.mailServer = 'is away';
    await one.mailer.send(notice('waiting'));
    await one.delivery.settled();
    await one.delivery.clear();
    expect(await scene.rows()).toHaveLength(2);
    clock.advance(mailLimits.keptMs + 1);
    await one.delivery.clear();
    expect((await scene.rows()).map(({ id }) => id)).toEqual(['waiting']);
  });

  it('is waited for by a clean stop, which begins nothing more', async () => {
    const { clock, one } = scene;
    one.mailServer = 'hangs';
    await one.mailer.send(notice('one'));
    const ends = await one.hangs();
    const stop = one.delivery.beforeApplicationShutdown();
    await new Promise(setImmediate);
    expect(one.postman.isClosed).toBe(false);
    ends(new Error('the mail server went away'));
    await stop;
    expect(one.postman.isClosed).toBe(true);
    one.mailServer = 'takes';
    clock.advance(hour);
    await one.sweeps();
    expect(one.delivered).toEqual([]);
  });
});
