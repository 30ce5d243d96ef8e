import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { AccountRow } from '../../../src/accounts/account.entity.js';
import { Tickets } from '../../../src/support/tickets.service.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import type { Person } from '../../support/people/accounts.js';
import { acts, agent } from '../../support/people/agent.js';
import { owner, type Owner, pending } from '../../support/people/owner.js';
import { firefox } from '../../support/people/visitor.js';
import { resetLinks } from '../../support/people/reset-link.js';
import { type Portal, portal } from '../../support/portal/portal.js';

const because = { reason: 'The caller asked for it.' };

forEachDatabase('what staff do to a client on', (database) => {
  let house: Portal;
  let sam: Owner;
  beforeAll(async () => {
    house = await portal({ database });
    sam = await agent(house, 'Sam');
  });
  afterAll(() => house.close());

  const room = ({ id }: Pick<Person, 'id'>, act: string) => `/staff/clients/${id}/${act}`;

  async function events(accountId: string, name: string): Promise<AuditEntryRow[]> {
    await house.settled();
    return house.database.manager.findBy(AuditEntryRow, { accountId, name });
  }

  const mails = async ({ email }: Pick<Person, 'email'>) => {
    await house.settled();
    return house.inbox.of(email);
  };

  it('suspends an account: it cannot sign in, its sessions end, and its owner gets a mail', async () => {
    const ann = await house.account('Ann');
    const browser = house.visitor();
    await browser.signsIn(ann);
    const done = await acts(house, sam, room(ann, 'suspend'), because);
    expect([done.status, done.body]).toEqual([200, { status: 'done', act: 'account.suspend', sessions: 1 }]);
    expect((await browser.asks('GET', '/invoices')).status).toBe(401);
    const wrong = await house
      .visitor()
      .asks('POST', '/login', { email: ann.email, password: 'something else' });
    const right = await house.visitor().asks('POST', '/login', { email: ann.email, password: ann.password });
    const told = ({ status, body: { requestId: _, ...body } }: typeof right) => [status, body];
    expect(told(right)).toEqual(told(wrong));
    const [entry, ...others] = await events(ann.id, 'account.suspended');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actorType: 'staff', actorId: sam.person.id });
    expect(JSON.parse(entry?.data ?? '')).toEqual({
      ...because,
      ticket: null,
      approvedBy: null,
      sessions: 1,
    });
    const [mail] = await mails(ann);
    expect(mail?.subject).toBe('Your account was suspended');
    expect(mail?.source).not.toContain('The caller');
  });

  it('reopens it, and everything from before stays void', async () => {
    const ann = await house.account('Ann');
    const browser = house.visitor();
    await browser.signsIn(ann);
    await acts(house, sam, room(ann, 'suspend'), because);
    expect((await acts(house, sam, room(ann, 'reopen'), because)).status).toBe(200);
    expect((await browser.asks('GET', '/invoices')).status).toBe(401);
    expect((await browser.signsIn(ann)).address).toBe('/');
    expect(await events(ann.id, 'account.reopened')).toHaveLength(1);
    expect((await mails(ann)).map(({ subject }) => subject)).toContain('Your account is open again');
  });

  it('ends all sessions and pending logins, with the ticket that asked for it', async () => {
    const ann = await house.account('Ann');
    const author = { ...ann, role: 'customer' } as const;
    const id = await house.app.get(Tickets).open(null, author, { subject: 'Stolen', body: 'My laptop.' });
    const browser = house.visitor();
    await browser.signsIn(ann);
    const { number } = (await browser.asks('GET', `/tickets/${id}`)).body['ticket'] as { number: string };
    const done = await acts(house, sam, room(ann, 'sessions/end'), {
      ...because,
      ticket: number.toLowerCase(),
    });
    expect([done.status, done.body['sessions']]).toEqual([200, 1]);
    expect((await browser.asks('GET', '/invoices')).status).toBe(401);
    const [entry] = await events(ann.id, 'session.ended');
    expect(JSON.parse(entry?.data ?? '')).toMatchObject({
      reason: 'staff',
      staffReason: because.reason,
      ticket: number,
    });
    expect((await mails(ann)).map(({ subject }) => subject)).toEqual(['You were signed out everywhere']);
  });

  it('mails a link for a new password, which the agent never sees', async () => {
    const ann = await house.account('Ann');
    const done = await acts(house, sam, room(ann, 'password-link'), because);
    expect([done.status, done.body]).toEqual([200, { status: 'done', act: 'password-link.send' }]);
    const [link = ''] = await resetLinks(house, ann);
    expect((await house.visitor().asks('POST', link, { password: 'a brand new password' })).status).toBe(200);
    const [entry] = await events(ann.id, 'password.reset-requested');
    expect(entry).toMatchObject({ actorType: 'staff', actorId: sam.person.id });
    expect(entry?.data).not.toContain(link.slice(-43));
  });

  it('sends no link to a suspended account', async () => {
    const ann = await house.account('Ann');
    await house.database.manager.update(AccountRow, { id: ann.id }, { suspendedAt: 1 });
    const refused = await acts(house, sam, room(ann, 'password-link'), because);
    expect([refused.status, refused.body['code'], refused.body['reason']]).toEqual([
      409,
      'CONFLICT',
      'suspended',
    ]);
    expect(await mails(ann)).toEqual([]);
  });

  it('forgets all trusted browsers: the next sign-in asks for a code, and the owner is told once', async () => {
    const ann = await owner(house, 'Ann');
    const browser = await pending(house, ann.person);
    await browser.submits({ code: ann.app.code(), trustDevice: 'on' });
    await browser.presses('/logout');
    expect((await browser.signsIn(ann.person)).address).toBe('/');
    const { body } = await sam.visitor.asks('GET', `/staff/clients/${ann.person.id}`);
    expect(body['acts']).toContain('two-factor.devices.forget');
    const [panel] = body['panels'] as { devices: object[]; factors: object[] }[];
    expect(panel?.devices).toEqual([
      { agent: firefox, createdAt: expect.any(String), expiresAt: expect.any(String) },
    ]);
    expect(panel?.factors).toEqual([expect.objectContaining({ kind: 'totp', strength: 'one-time' })]);
    const done = await acts(house, sam, room(ann.person, 'two-factor/devices/forget'), because);
    expect(done.body).toEqual({ status: 'done', act: 'two-factor.devices.forget' });
    const again = await acts(house, sam, room(ann.person, 'two-factor/devices/forget'), because);
    expect([again.status, again.body['reason']]).toEqual([409, 'nothing-to-do']);
    await browser.presses('/logout');
    expect((await browser.signsIn(ann.person)).address).toBe('/login/challenge');
    const entries = await events(ann.person.id, 'two-factor.device.forgotten');
    expect(entries.map(({ actorId, data }) => [actorId, data])).toEqual([
      [sam.person.id, JSON.stringify({ deviceId: 'all', reason: because.reason })],
    ]);
    const subjects = (await mails(ann.person)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Your trusted browsers were forgotten')).toHaveLength(1);
  });
});
