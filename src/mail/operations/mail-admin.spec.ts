import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { MailAdmin } from './mail-admin.js';
import { mailLimits } from '../transport/mail-limits.js';
import { type MailNode, notice } from '../queue/mail-node.fixture.js';
import { mailScene } from '../queue/mail-scene.fixture.js';

const hour = 3_600_000;

forEachDatabase('the mail queue as operators see it, on', (kind) => {
  const scene = mailScene(kind);
  let ledger: MailAdmin;
  beforeEach(() => {
    ledger = new MailAdmin(scene.database, scene.clock);
  });

  async function sends(id: string, mailServer: MailNode['mailServer'], email?: string): Promise<void> {
    const { one } = scene;
    one.mailServer = mailServer;
    await one.mailer.send(notice(id, email));
    await one.delivery.settled();
  }

  const delivered = () => scene.one.delivered.map(({ id }) => id);

  it('is empty where everything was sent', async () => {
    await sends('one', 'takes');
    const none = { count: 0, oldest: null };
    expect(await ledger.report()).toEqual({ waiting: none, givenUp: none, stuck: [] });
  });

  it('reports the number of waiting and given-up mails, their times and reasons, and no content', async () => {
    const { clock, one } = scene;
    const began = clock.now();
    await sends('refused', 'refuses', 'bob@example.com');
    clock.advance(hour);
    await sends('late', 'is away');
    clock.advance(hour);
    one.delivery.begin = () => undefined;
    await sends('new', 'takes');
    const { waiting, givenUp, stuck } = await ledger.report();
    expect([waiting, givenUp]).toEqual([
      { count: 2, oldest: began + hour },
      { count: 1, oldest: began },
    ]);
    const facts = { view: 'mail/hello', tries: 1 };
    expect(stuck).toEqual([
      {
        ...{ ...facts, id: 'refused', recipient: 'bob@example.com', state: 'given-up', createdAt: began },
        fault: '550 no such mailbox',
      },
      {
        ...{ ...facts, id: 'late', recipient: 'ann@example.com', state: 'waiting', createdAt: began + hour },
        fault: expect.stringContaining('ECONNREFUSED') as string,
      },
    ]);
  });

  it('names a screen of stuck mails at most, the oldest, and counts them all', async () => {
    for (let n = 100; n < 160; n++) await sends(`n${n}`, 'refuses', `n${n}@example.com`);
    const { givenUp, stuck } = await ledger.report();
    expect([givenUp.count, stuck.length, stuck[0]?.id, stuck[49]?.id]).toEqual([60, 50, 'n100', 'n149']);
  });

  it('has one mail that was given up delivered after all, or all of them', async () => {
    const { one } = scene;
    for (const id of ['one', 'two', 'three']) await sends(id, 'refuses');
    one.mailServer = 'takes';
    expect(await ledger.retry('two')).toBe(1);
    await one.sweeps();
    expect(delivered()).toEqual(['two']);
    expect(await ledger.retry()).toBe(2);
    await one.sweeps();
    expect(delivered().sort()).toEqual(['one', 'three', 'two']);
    expect((await ledger.report()).givenUp.count).toBe(0);
  });

  it('sends no mail again that was sent, and does not hurry waiting ones', async () => {
    const { one } = scene;
    await sends('sent', 'takes');
    await sends('late', 'is away');
    one.mailServer = 'takes';
    for (const id of ['sent', 'late', 'nobody', '', 'LATE', undefined])
      expect(await ledger.retry(id)).toBe(0);
    await one.sweeps();
    expect(delivered()).toEqual(['sent']);
  });

  it('tries what an operator asked for again for hours, however old it is', async () => {
    const { clock, one } = scene;
    await sends('old', 'refuses');
    clock.advance(mailLimits.givenUpAfterMs + hour);
    one.mailServer = 'is away';
    await ledger.retry();
    await one.sweeps();
    for (let tries = 1; tries < mailLimits.leastTries; tries++) {
      expect((await ledger.report()).waiting.count).toBe(1);
      clock.advance(hour);
      await one.sweeps();
    }
    expect((await ledger.report()).givenUp.count).toBe(1);
  });
});
