import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { Tickets } from '../../src/support/tickets.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { agent } from '../support/people/agent.js';
import { owner, type Owner } from '../support/people/owner.js';
import { type Portal, portal } from '../support/portal/portal.js';

const note = 'Calls often. <b>Be patient</b>.\nAsk for the invoice.';

forEachDatabase('what staff write for staff on', (database) => {
  let house: Portal;
  let [sam, mia]: Owner[] = [];
  beforeAll(async () => {
    house = await portal({ database });
    sam = await agent(house, 'Sam');
    mia = await agent(house, 'Mia', 'admin');
  });
  afterAll(() => house.close());

  async function ticketOf(who: { id: string; name: string }): Promise<string> {
    const author = { ...who, role: 'customer' } as const;
    return house.app.get(Tickets).open(null, author, { subject: 'Help', body: 'It is down.' });
  }

  it('about a client is on the page and in the answer for programs, escaped, and in no mail', async () => {
    const ann = await house.account('Ann');
    const { visitor } = sam!;
    await visitor.goes(`/staff/clients/${ann.id}`);
    const page = await visitor.submits({ note }, `/staff/clients/${ann.id}/notes`);
    expect([page.status, page.all('[role=status]')]).toEqual([200, ['The note is added.']]);
    expect(page.text).toContain('<b>Be patient</b>');
    const { body } = await visitor.asks('GET', `/staff/clients/${ann.id}`);
    expect(body['notes']).toEqual([
      { id: expect.any(String), author: 'Sam', body: note, writtenAt: expect.any(String) },
    ]);
    await house.settled();
    expect(await house.inbox.of(ann.email)).toEqual([]);
    const where = { accountId: ann.id, name: 'note.added' };
    const entry = await house.database.manager.findOneByOrFail(AuditEntryRow, where);
    expect(entry).toMatchObject({ actorType: 'staff', actorId: sam!.person.id });
    expect(entry.data).not.toContain('patient');
  });

  it('about a client or a ticket is never seen by the client', async () => {
    const ann = await owner(house, 'Ann');
    const ticket = await ticketOf(ann.person);
    for (const path of [`/staff/clients/${ann.person.id}/notes`, `/staff/tickets/${ticket}/notes`])
      expect((await sam!.visitor.asks('POST', path, { note })).status).toBe(200);
    await house.settled();
    for (const path of ['/', '/tickets', `/tickets/${ticket}`, '/account/security', '/account/sessions']) {
      const { visitor } = ann;
      const texts = [(await visitor.goes(path)).text, JSON.stringify((await visitor.asks('GET', path)).body)];
      for (const text of texts)
        expect([path, /patient|Note added|assignee/i.exec(text)]).toEqual([path, null]);
    }
    for (const { source } of await house.inbox.of(ann.person.email)) expect(source).not.toContain('patient');
  });

  it('about staff is written and read by administrators alone, and never by those it is about', async () => {
    const tom = await agent(house, 'Tom');
    const path = `/staff/clients/${tom.person.id}/notes`;
    expect((await sam!.visitor.asks('POST', path, { note })).body['reason']).toBe('role');
    expect((await tom.visitor.asks('POST', path, { note })).body['reason']).toBe('own-account');
    expect((await mia!.visitor.asks('POST', path, { note })).status).toBe(200);
    expect((await mia!.visitor.asks('GET', path)).body['notes']).toHaveLength(1);
    expect((await sam!.visitor.asks('GET', path)).status).toBe(403);
    for (const each of [path, `/staff/clients/${tom.person.id}`]) {
      const { body } = await tom.visitor.asks('GET', each);
      expect(JSON.stringify(body)).not.toContain('patient');
    }
  });

  it('about one’s own ticket is refused and not shown', async () => {
    const tom = await agent(house, 'Tom');
    const ticket = await ticketOf(tom.person);
    expect((await tom.visitor.asks('POST', `/staff/tickets/${ticket}/notes`, { note })).status).toBe(403);
    await sam!.visitor.asks('POST', `/staff/tickets/${ticket}/notes`, { note });
    const { body } = await tom.visitor.asks('GET', `/staff/tickets/${ticket}`);
    expect(body['notes']).toEqual([]);
    expect((await tom.visitor.goes(`/staff/tickets/${ticket}`)).text).not.toContain('patient');
  });

  it('is refused without a text, keeps what was typed, and needs a factor of the writer', async () => {
    const ann = await house.account('Ann');
    const path = `/staff/clients/${ann.id}/notes`;
    for (const body of [
      {},
      { note: ' \n' },
      { note: 5 },
      { note: 'a\u0000b' },
      { note: 'x'.repeat(5001) },
      { note, more: 'x' },
    ]) {
      const refused = await sam!.visitor.asks('POST', path, body);
      expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_INPUT']);
    }
    await sam!.visitor.goes(path);
    const page = await sam!.visitor.submits({ note: 'x'.repeat(5001) });
    expect([page.status, page.text]).toEqual([
      400,
      expect.stringContaining('A note has at most 5000 characters.'),
    ]);
    expect(page.text).toContain('xxxxx');
    const bare = house.visitor();
    await bare.signsIn(await house.account('Bob', 'support'));
    expect((await bare.asks('POST', path, { note })).status).toBe(403);
    expect((await sam!.visitor.asks('POST', '/staff/clients/nobody/notes', { note })).status).toBe(404);
  });
});
