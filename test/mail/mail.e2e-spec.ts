import { randomUUID } from 'node:crypto';
import { mailLimits } from '../../src/mail/transport/mail-limits.js';
import { Mailer } from '../../src/mail/rendering/mailer.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { type Portal, portal } from '../support/portal/portal.js';
import { SmtpServer } from '../support/network/smtp-server.js';

/** A person sets a new password, and its owner gets a mail. */
async function changesPassword(house: Portal): Promise<Person> {
  const ann = await house.account('Ann');
  const visitor = house.visitor();
  await visitor.signsIn(ann);
  await visitor.goes('/account/password');
  await visitor.submits({ password: ann.password });
  await visitor.submits({ newPassword: 'a much better password' });
  await house.settled();
  return ann;
}

forEachDatabase('mail of a portal on', (kind) => {
  let office: SmtpServer;
  let house: Portal;
  beforeAll(async () => {
    office = await SmtpServer.open();
    house = await portal({
      database: kind,
      env: { SMTP_URL: office.url, MAIL_FROM: 'Hosting <hello@hosting.example>' },
    });
  });
  beforeEach(async () => {
    office.refusesRecipient = office.refusesLetter = null;
    await office.shut();
    await office.reopen();
  });
  afterAll(async () => {
    await house.close();
    await office.shut();
  });

  /** Time goes by on all nodes; each sweeps now and then. */
  async function passes(milliseconds: number, ...nodes: Portal[]): Promise<void> {
    house.clock.advance(milliseconds);
    await Promise.all(nodes.map((node) => node.sweeps()));
  }

  const subjects = (ann: Person) => office.of(ann.email).map(({ mail }) => mail.subject);
  const told = ['Your password was changed'];

  it('reaches people by the mail server, and leaves no file', async () => {
    const ann = await changesPassword(house);
    const [letter, ...more] = office.of(ann.email);
    expect(more).toEqual([]);
    expect(letter?.mail).toMatchObject({
      subject: told[0],
      from: { name: 'Hosting', address: 'hello@hosting.example' },
      to: [{ name: 'Ann', address: ann.email }],
      text: expect.stringContaining('Hello Ann') as string,
      html: expect.stringContaining('<p>Hello Ann') as string,
    });
    expect(await house.inbox.of(ann.email)).toEqual([]);
    expect((await house.visitor().goes('/login')).text).not.toContain('outbox');
  });

  it('is not lost while the mail server is away: it comes later, once', async () => {
    await office.shut();
    const ann = await changesPassword(house);
    await passes(60_000, house);
    await office.reopen();
    expect(office.of(ann.email)).toEqual([]);
    for (let hours = 0; hours < 3; hours++) await passes(mailLimits.longestWaitMs, house);
    expect(subjects(ann)).toEqual(told);
  });

  it('that the mail server puts off comes again', async () => {
    office.refusesRecipient = { code: 450, words: 'greylisted, try again' };
    const ann = await changesPassword(house);
    office.refusesRecipient = null;
    await passes(mailLimits.longestWaitMs, house);
    expect(subjects(ann)).toEqual(told);
  });

  it('that the mail server refuses for good is not tried again', async () => {
    office.refusesRecipient = { code: 550, words: 'no such mailbox' };
    const ann = await changesPassword(house);
    office.refusesRecipient = null;
    const tries = office.tries;
    await passes(mailLimits.longestWaitMs, house);
    expect([office.tries, subjects(ann)]).toEqual([tries, []]);
  });

  it('is sent by one of two nodes, not by both, and by the other when one stops', async () => {
    const other = await portal({ besides: house, env: { SMTP_URL: office.url } });
    try {
      await office.shut();
      const [ann, bob] = [await changesPassword(house), await changesPassword(other)];
      await office.reopen();
      await passes(mailLimits.longestWaitMs, house, other);
      expect([subjects(ann), subjects(bob)]).toEqual([told, told]);
      await office.shut();
      const eve = await changesPassword(other);
      await other.app.close();
      await office.reopen();
      await passes(mailLimits.longestWaitMs, house);
      expect(subjects(eve)).toEqual(told);
    } finally {
      await other.app.close();
    }
  });

  it('of a long queue reaches each person once, however many nodes take it up at once', async () => {
    const other = await portal({ besides: house, env: { SMTP_URL: office.url } });
    try {
      await office.shut();
      const people = Array.from({ length: 20 }, (_, n) => `crowd-${n}@example.com`);
      for (const email of people)
        await house.app.get(Mailer).send({
          id: randomUUID(),
          to: { name: 'Ann', email },
          view: 'mail/ticket-answered',
          model: { number: '1', ticketId: '1' },
        });
      await house.settled();
      await office.reopen();
      await passes(mailLimits.longestWaitMs, house, other, house, other);
      expect(people.map((email) => office.of(email).length)).toEqual(people.map(() => 1));
    } finally {
      await other.app.close();
    }
  });
});
