import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { Tickets } from '../../src/support/tickets.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import { agent } from '../support/people/agent.js';
import type { Owner } from '../support/people/owner.js';
import { type Portal, portal } from '../support/portal/portal.js';

forEachDatabase('who takes care of a ticket on', (database) => {
  let house: Portal;
  let sam: Owner;
  let ann: Person;
  beforeAll(async () => {
    house = await portal({ database });
    sam = await agent(house, 'Sam');
    ann = await house.account('Ann');
  });
  afterAll(() => house.close());

  async function opens(subject: string, who = ann): Promise<string> {
    const author = { ...who, role: 'customer' } as const;
    return house.app.get(Tickets).open(null, author, { subject, body: 'It is down.' });
  }

  async function found(query: string): Promise<string[]> {
    const { body } = await sam.visitor.asks('GET', `/staff/tickets?${query}`);
    return (body['tickets'] as { subject: string }[]).map(({ subject }) => subject);
  }

  it('is chosen on its page; the queue lists mine, and those that wait for someone', async () => {
    const one = await opens('Parcel one');
    house.clock.advance(1000);
    const other = await opens('Parcel other');
    await sam.visitor.goes(`/staff/tickets/${one}`);
    const page = await sam.visitor.submits({ assignee: sam.person.id }, `/staff/tickets/${one}/assign`);
    expect([page.status, page.all('[role=status]')]).toEqual([200, ['The ticket is assigned.']]);
    expect(page.attribute('option[selected]', 'value')).toBe(sam.person.id);
    expect(await found('assignee=me')).toEqual(['Parcel one']);
    expect(await found('assignee=nobody')).toContain('Parcel other');
    expect(await found('assignee=nobody')).not.toContain('Parcel one');
    const { body } = await sam.visitor.asks('GET', `/staff/tickets?q=parcel`);
    expect(body['tickets']).toEqual([
      expect.objectContaining({ id: other, assignee: null }),
      expect.objectContaining({ id: one, assignee: { id: sam.person.id, email: sam.person.email } }),
    ]);
  });

  it('is taken back; nothing is recorded where nothing changes, and the client is not told', async () => {
    const ticket = await opens('Back');
    const path = `/staff/tickets/${ticket}/assign`;
    for (const assignee of [sam.person.id, sam.person.id, '', ''])
      expect((await sam.visitor.asks('POST', path, { assignee })).status).toBe(200);
    await house.settled();
    const told = await house.database.manager.findBy(AuditEntryRow, {
      accountId: ann.id,
      name: 'ticket.assigned',
    });
    expect(told.filter(({ data }) => data.includes(ticket))).toHaveLength(2);
    expect(await house.inbox.of(ann.email)).toEqual([]);
    const { body } = await sam.visitor.asks('GET', `/staff/tickets/${ticket}`);
    expect(body).toMatchObject({ assignee: null, ticket: { state: 'open' } });
  });

  it('is a staff member who may sign in, and not the ticket’s own client', async () => {
    const tom = await house.account('Tom', 'support');
    const [ticket, toms] = [await opens('Whose?'), await opens('Mine', tom)];
    for (const [id, assignee] of [
      [ticket, ann.id],
      [ticket, 'no-one'],
      [ticket, 'a b'],
      [ticket, 5],
      [toms, tom.id],
    ]) {
      const refused = await sam.visitor.asks('POST', `/staff/tickets/${id}/assign`, { assignee });
      expect([refused.status, refused.body['fields']]).toEqual([
        400,
        { assignee: 'tickets.assignee-unknown' },
      ]);
    }
    expect((await sam.visitor.asks('POST', '/staff/tickets/nothing/assign', {})).status).toBe(404);
  });

  it('does not matter to the search: by number, and by words of the subject, in any case', async () => {
    const ticket = await opens('My Website is SLOW');
    await opens('My website is fast');
    const { body } = await sam.visitor.asks('GET', `/staff/tickets/${ticket}`);
    const { number } = body['ticket'] as { number: string };
    for (const q of [number, number.toLowerCase(), 'slow website', 'Web slow', ` ${number} `])
      expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, ['My Website is SLOW']]);
    for (const q of ['100%', '_', 'x'.repeat(500), `${number} fast`])
      expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, []]);
    expect(await found('q=website&state=closed')).toEqual([]);
  });
});
