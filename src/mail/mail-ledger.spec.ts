import { Logger } from '@nestjs/common';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { forEachDatabase } from '../../test/support/databases.js';
import { type Scratch, scratchDatabase } from '../../test/support/scratch-database.js';
import { MailLedger } from './mail-ledger.js';
import { mailLimits } from './mail-limits.js';
import { mailNode, type MailNode, notice } from './mail-node.fixture.js';
import { MailRow } from './mail.entity.js';

const hour = 3_600_000;

forEachDatabase('the mail queue as operators see it, on', (kind) => {
  let scratch: Scratch;
  let clock: FixedClock;
  let node: MailNode;
  let ledger: MailLedger;

  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    await scratch.database.manager.clear(MailRow);
    scratch.database.subscribers.length = 0;
    clock = new FixedClock();
    node = mailNode(scratch, clock);
    ledger = new MailLedger(scratch.database, clock);
  });
  afterAll(async () => {
    Logger.overrideLogger(['error', 'warn', 'log']);
    await scratch.close();
  });

  async function sends(id: string, mailServer: MailNode['mailServer'], email?: string): Promise<void> {
    node.mailServer = mailServer;
    await node.mailer.send(notice(id, email));
    await node.delivery.settled();
  }

  const delivered = () => node.delivered.map(({ id }) => id);

  it('is empty where everything was sent', async () => {
    await sends('one', 'takes');
    const none = { count: 0, oldest: null };
    expect(await ledger.report()).toEqual({ waiting: none, givenUp: none, stuck: [] });
  });

  it('tells how many mails wait and were given up, since when and why, and no letter', async () => {
    const began = clock.now();
    await sends('refused', 'refuses', 'bob@example.com');
    clock.advance(hour);
    await sends('late', 'is away');
    clock.advance(hour);
    node.delivery.begin = () => undefined;
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
    for (const id of ['one', 'two', 'three']) await sends(id, 'refuses');
    node.mailServer = 'takes';
    expect(await ledger.retry('two')).toBe(1);
    await node.sweeps();
    expect(delivered()).toEqual(['two']);
    expect(await ledger.retry()).toBe(2);
    await node.sweeps();
    expect(delivered().sort()).toEqual(['one', 'three', 'two']);
    expect((await ledger.report()).givenUp.count).toBe(0);
  });

  it('sends nothing again that was sent, and hurries nothing that waits', async () => {
    await sends('sent', 'takes');
    await sends('late', 'is away');
    node.mailServer = 'takes';
    for (const id of ['sent', 'late', 'nobody', '', 'LATE', undefined])
      expect(await ledger.retry(id)).toBe(0);
    await node.sweeps();
    expect(delivered()).toEqual(['sent']);
  });

  it('tries what an operator asked for again for hours, however old it is', async () => {
    await sends('old', 'refuses');
    clock.advance(mailLimits.givenUpAfterMs + hour);
    node.mailServer = 'is away';
    await ledger.retry();
    await node.sweeps();
    for (let tries = 1; tries < mailLimits.leastTries; tries++) {
      expect((await ledger.report()).waiting.count).toBe(1);
      clock.advance(hour);
      await node.sweeps();
    }
    expect((await ledger.report()).givenUp.count).toBe(1);
  });
});
