import { Accounts } from '../../src/accounts/accounts.service.js';
import { Audit } from '../../src/audit/audit.service.js';
import { OutboxRelay } from '../../src/events/outbox-relay.js';
import { TicketAnswers } from '../../src/support/ticket-answers.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const asked = { subject: 'My site is slow', body: 'Since this morning.\nEvery page.' };

forEachDatabase('tickets on', (database) => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
  });
  afterAll(() => house.close());

  async function signedIn(person: Person): Promise<Visitor> {
    const visitor = house.visitor();
    await visitor.signsIn(person);
    return visitor;
  }

  /** A person who has opened a ticket, on its page. */
  async function asking(): Promise<{ ann: Person; visitor: Visitor; address: string }> {
    const ann = await house.account('Ann');
    const visitor = await signedIn(ann);
    await visitor.goes('/tickets');
    const { address } = await visitor.submits(asked);
    return { ann, visitor, address };
  }

  async function answers(address: string, body: string): Promise<boolean> {
    const { id } = await house.account('Sam', 'support');
    const sam = await house.app.get(Accounts).byId(id);
    if (!sam) throw new Error('Sam is gone.');
    const ticket = address.split('/').at(-1) ?? '';
    const word = { answer: body, closes: false };
    return house.app.get(TicketAnswers, { strict: false }).take(null, sam, ticket, word);
  }

  const states = (visitor: Visitor) => visitor.page.all('.lead-in .status');
  const said = (visitor: Visitor) => visitor.page.all('[role=status]');

  it('are opened, answered by staff, closed, and opened again by a reply', async () => {
    const { visitor, address } = await asking();
    expect([visitor.page.title, states(visitor)]).toEqual([asked.subject, ['Open']]);
    expect(await answers(address, 'It is <b>fast</b> again.')).toBe(true);
    await visitor.goes(address);
    expect(states(visitor)).toEqual(['Answered']);
    await visitor.presses(`${address}/close`);
    expect([states(visitor), said(visitor)]).toEqual([['Closed'], ['The ticket is closed.']]);
    await visitor.submits({ body: 'No, it is not.' }, address);
    expect([states(visitor), said(visitor)]).toEqual([['Open'], ['Your reply is sent.']]);
    await visitor.goes(`${address}?done=anything`);
    expect(said(visitor)).toEqual([]);
    const bodies = ['Since this morning. Every page.', 'It is <b>fast</b> again.', 'No, it is not.'];
    expect(visitor.page.all('.message-body').map((each) => each.replace(/&lt;(.*?)&gt;/g, '<$1>'))).toEqual(
      bodies,
    );
    expect(visitor.page.all('.message-staff strong')).toEqual(['Sam']);
    expect(visitor.page.all('.message-body b')).toEqual([]);
  });

  it('are listed, those that changed last first', async () => {
    const { visitor } = await asking();
    house.clock.passesMinutes(1);
    await visitor.goes('/tickets');
    await visitor.submits({ ...asked, subject: 'Another thing' });
    expect((await visitor.goes('/tickets')).all('tbody th')).toEqual(['Another thing', asked.subject]);
  });

  it('tell their owner by mail of each answer, once, and do not say what it was', async () => {
    const { ann, address } = await asking();
    await answers(address, 'the EPP code is hunter2');
    await house.settled();
    const mails = await house.inbox.of(ann.email);
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Your ticket T-[0-9A-Z]{8} was answered$/),
    ]);
    expect(mails[0]?.source.replaceAll('=\r\n', '')).toContain(house.config.publicUrl + address);
    expect(mails[0]?.source).not.toContain('hunter2');
  });

  it('leave events with actor, action and ticket, and without the messages', async () => {
    const { ann, visitor, address } = await asking();
    await visitor.asks('POST', address, { body: 'the EPP code is hunter2' });
    await answers(address, 'never mind hunter2');
    await visitor.presses(`${address}/close`);
    await visitor.asks('POST', `${address}/close`);
    await house.app.get(OutboxRelay).settled();
    const entries = await house.app.get(Audit).listOf(ann.id, 9);
    const told = entries.filter(({ name }) => name.startsWith('ticket.'));
    expect(told.map(({ name, actorType, ip }) => [name, actorType, ip]).sort()).toEqual([
      ['ticket.answered', 'staff', null],
      ['ticket.closed', 'account', visitor.address],
      ['ticket.opened', 'account', visitor.address],
      ['ticket.replied', 'account', visitor.address],
    ]);
    for (const { data } of told) expect(data).toMatch(/^{"ticketId":"[\w-]{36}","number":"T-[0-9A-Z]{8}"}$/);
  });

  it('can be read, replied to and closed by their owner only', async () => {
    const { visitor, address } = await asking();
    const bob = await signedIn(await house.account('Bob'));
    expect((await bob.asks('GET', '/tickets')).body).toEqual({ tickets: [] });
    expect((await bob.goes(address)).status).toBe(404);
    expect((await bob.asks('POST', address, { body: 'hello' })).status).toBe(404);
    expect((await bob.asks('POST', `${address}/close`)).status).toBe(404);
    const { body } = await visitor.asks('GET', address);
    expect(body).toMatchObject({ ticket: { state: 'open' }, messages: [{ body: expect.any(String) }] });
    expect((await house.visitor().goes(address)).address).toMatch(/^\/login/);
  });

  it('keep every message when several are written at once', async () => {
    const { visitor, address } = await asking();
    const words = Array.from({ length: 8 }, (_, index) => `message ${index}`);
    const sent = await Promise.all(words.map((body) => visitor.asks('POST', address, { body })));
    expect(sent.map(({ status }) => status)).toEqual(words.map(() => 200));
    const { body } = await visitor.asks('GET', address);
    const said = (body['messages'] as { body: string }[]).map((each) => each.body);
    expect(said.slice(1).sort()).toEqual(words);
  });

  it('take long texts whole, up to 64 kB', async () => {
    const { visitor, address } = await asking();
    const long = 'ä'.repeat(32_000);
    expect((await visitor.asks('POST', address, { body: long })).status).toBe(200);
    const { body } = await visitor.asks('GET', address);
    expect(body['messages']).toMatchObject([{}, { body: long }]);
    const tooLong = await visitor.asks('POST', address, { body: 'x'.repeat(65_536) });
    expect([tooLong.status, tooLong.body['code']]).toEqual([413, 'TOO_LARGE']);
    expect((await visitor.asks('POST', '/account/profile', { name: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it.each([
    [{ subject: '', body: 'x' }, 'subject'],
    [{ subject: ' \t', body: 'x' }, 'subject'],
    [{ subject: 'one\r\nBcc: two', body: 'x' }, 'subject'],
    [{ subject: 'x'.repeat(201), body: 'x' }, 'subject'],
    [{ subject: ['a', 'b'], body: 'x' }, 'subject'],
    [{ subject: 'a', body: ' \n' }, 'body'],
    [{ subject: 'a', body: 'nul\0' }, 'body'],
    [{ subject: 'a', body: 'half \ud800' }, 'body'],
    [{ subject: 'a', body: { text: 'x' } }, 'body'],
    [{ subject: 'a' }, 'body'],
    [{ subject: 'a', body: 'x', state: 'closed' }, 'state'],
  ])('are not opened with %j', async (fields, field) => {
    const { visitor } = await asking();
    const { status, body } = await visitor.asks('POST', '/tickets', fields);
    expect([status, Object.keys(body['fields'] as object)]).toEqual([400, [field]]);
  });

  it('keep the input when a field is missing', async () => {
    const { visitor } = await asking();
    await visitor.goes('/tickets');
    const page = await visitor.submits({ subject: '', body: 'A long story' });
    expect([page.status, page.all('.error-summary li'), page.all('textarea')]).toEqual([
      400,
      ['Enter a subject of one line.'],
      ['A long story'],
    ]);
  });

  it('that do not exist are not found, whatever their address', async () => {
    const { visitor } = await asking();
    for (const id of ['nothing', '%00', "'--", 'x'.repeat(500)]) {
      expect((await visitor.goes(`/tickets/${id}`)).status).toBe(404);
      expect((await visitor.asks('POST', `/tickets/${id}`, { body: 'hello' })).status).toBe(404);
      expect(await answers(`/tickets/${decodeURIComponent(id)}`, 'hello')).toBe(false);
    }
  });
});
