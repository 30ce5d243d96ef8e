import { Tickets } from '../../src/support/tickets.service.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { getsStarted, owner, type Owner } from '../support/people/owner.js';
import { type Portal, portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

forEachDatabase('the tickets desk on', (database) => {
  let house: Portal;
  let ann: Person;
  beforeAll(async () => {
    house = await portal({ database });
    ann = await house.account('Ann');
  });
  afterAll(() => house.close());

  const opens = async (who: Person, subject: string) => {
    const author = { ...who, role: 'customer' } as const;
    return `/staff/tickets/${await house.app.get(Tickets).open(null, author, { subject, body: 'It is down.' })}`;
  };

  async function agent(): Promise<Owner> {
    return owner(house, 'Sam', { person: await house.account('Sam', 'support') });
  }

  /** At the ticket, a while after the sign-in. */
  async function ready(sam: Owner, ticket: string): Promise<Visitor> {
    house.clock.advance(6 * 60_000);
    await sam.visitor.goes(ticket);
    return sam.visitor;
  }

  it('lists waiting tickets, and filters by state', async () => {
    const sam = await agent();
    const ticket = await opens(ann, 'Site down');
    const page = await sam.visitor.goes('/staff/tickets?state=open');
    expect(page.link('Site down')).toBe(ticket);
    expect(page.text).toContain(ann.email);
    expect((await sam.visitor.goes('/staff/tickets?state=closed')).text).not.toContain('Site down');
    expect((await sam.visitor.goes('/staff')).link('Site down')).toBe(ticket);
    expect((await sam.visitor.goes(`/staff/clients/${ann.id}`)).link('Site down')).toBe(ticket);
  });

  it('is read to its end page by page, each ticket once', async () => {
    const [sam, bob] = [await agent(), await house.account('Bob')];
    for (let count = 0; count < 101; count++) await opens(bob, `Bulk ${count}`);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await sam.visitor.asks('GET', `/staff/tickets?after=${next}`);
      seen.push(...(body['tickets'] as { subject: string }[]).map(({ subject }) => subject));
      next = body['next'] as string | null;
    }
    expect(new Set(seen.filter((subject) => subject.startsWith('Bulk'))).size).toBe(101);
  });

  it('lets staff without a factor read, and says why they cannot answer', async () => {
    const sam = house.visitor();
    await sam.signsIn(await house.account('Sam', 'support'));
    const ticket = await opens(ann, 'Unread');
    const page = await sam.goes(ticket);
    expect(page.text).toContain('It is down.');
    expect(page.text).toContain('Staff may read without two-factor, but not act.');
    expect(page.all('main form')).toEqual([]);
    expect(page.link('Set up two-factor')).toBe(`/account/security?returnTo=${encodeURIComponent(ticket)}`);
    const refused = await sam.asks('POST', ticket, { body: 'hello' });
    expect([refused.status, refused.body['code']]).toEqual([403, 'FORBIDDEN']);
    const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
    const csrf = sam.page.form(['_csrf']).values.get('_csrf') ?? '';
    const sent = { method: 'POST', headers, body: new URLSearchParams({ _csrf: csrf, close: 'on' }) };
    const shown = await sam.sends(ticket, sent);
    expect(shown.status).toBe(403);
    expect(await shown.text()).toMatch(
      /Staff may read without two-factor[^]*href="\/account\/security\?returnTo/,
    );
    const { body } = await sam.asks('GET', ticket);
    expect(body).toMatchObject({ ticket: { state: 'open' }, messages: [{}] });
  });

  it('leads who sets a factor up for it back to the ticket, however long that takes', async () => {
    const sam = house.visitor();
    const person = await house.account('Sam', 'support');
    await sam.signsIn(person);
    const ticket = await opens(ann, 'Set up first');
    await sam.goes(ticket);
    house.clock.advance(6 * 60_000);
    await sam.goes(sam.page.link('Set up two-factor'));
    await sam.goes(sam.page.link('Click here to Enable'));
    await sam.submits({ password: person.password });
    expect(sam.page.link('Not now')).toBe(ticket);
    const app = await getsStarted(house, sam);
    await sam.goes(sam.page.address);
    expect((await sam.submits({ code: '000000' })).status).toBe(401);
    await sam.submits({ code: app.code() });
    await sam.presses('/account/security/two-factor/backup-codes/saved');
    expect(sam.page.address).toBe(ticket);
    expect(sam.page.text).not.toContain('Set up two-factor');
  });

  it('takes an answer that took long, without a question, then tells the customer', async () => {
    const sam = await agent();
    const ticket = await opens(ann, 'Slow');
    const visitor = await ready(sam, ticket);
    expect(visitor.page.address).toBe(ticket);
    const answered = await visitor.submits({ body: 'It is up again. <b>Sorry</b>' });
    expect([answered.address, answered.status]).toEqual([`${ticket}?done=answered`, 200]);
    expect(answered.all('[role=status]')).toEqual(['Your answer is sent. The client gets an e-mail.']);
    expect(answered.text).toContain('It is up again. <b>Sorry</b>');
    expect(answered.text).toContain('Answered');
    house.clock.advance(12 * 60_000);
    expect((await visitor.asks('POST', ticket, { body: 'And again.' })).status).toBe(200);
  });

  it('closes with or without an answer, and does nothing for an empty one', async () => {
    const sam = await agent();
    const [one, other] = [await opens(ann, 'One'), await opens(ann, 'Other')];
    const visitor = await ready(sam, one);
    const empty = await visitor.submits({ body: ' \n' });
    expect([empty.status, empty.text]).toEqual([400, expect.stringContaining('Enter a message.')]);
    expect((await visitor.asks('POST', one, { close: 'on' })).body['status']).toBe('closed');
    expect((await visitor.asks('POST', other, { body: 'Done.', close: 'on' })).body['status']).toBe('closed');
    expect((await visitor.asks('GET', other)).body).toMatchObject({
      ticket: { state: 'closed' },
      messages: [{}, {}],
    });
    for (const body of [
      { body: 1 },
      { body: ['x'] },
      { body: 'a\u0000b' },
      { close: 'maybe' },
      { shut: 'on' },
    ])
      expect((await visitor.asks('POST', one, body)).status).toBe(400);
    expect((await visitor.asks('POST', '/staff/tickets/nothing', { body: 'x' })).status).toBe(404);
  });

  it('does not crowd out what concerns security: tickets are no part of their owner’s history', async () => {
    const sam = await agent();
    await opens(sam.person, 'Crowd');
    await house.settled();
    const { text } = await sam.visitor.goes('/account/security');
    expect(text).toContain('Signed in');
    expect(text).not.toContain('Ticket opened');
  });

  it('does not let staff answer their own tickets', async () => {
    const sam = await agent();
    const ticket = await opens(sam.person, 'Mine');
    const visitor = sam.visitor;
    expect((await visitor.goes(ticket)).text).toContain('This is your own ticket');
    expect((await visitor.asks('POST', ticket, { body: 'x' })).status).toBe(403);
  });
});
