import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../support/databases/databases.js';
import { acts, agent } from '../support/people/agent.js';
import { owner, pending, scans, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

/** Presses "Get Started" of a required set-up, and scans the QR code. */
async function scansAt(site: Portal, visitor: Visitor) {
  return scans(site, await visitor.presses('/login/enrol/totp/setup'));
}

const HOUR = 3_600_000;
const reason = 'called the number on file';
const everything = { 'invoice-number': 'on', 'last-payment': 'on', 'call-back': 'on', 'photo-id': 'on' };

forEachDatabase('the recovery desk, for agents, on', (database) => {
  let site: Portal;
  let sam: Owner;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());
  // A test that lets days pass ends every session.
  beforeEach(async () => (sam = await agent(site, 'Sam')));

  /** A client with an open case. */
  async function lost(name = 'Ann'): Promise<{ ann: Owner; address: string }> {
    const ann = await owner(site, name);
    const visitor = await pending(site, ann.person);
    await visitor.asks('POST', '/login/recovery', {});
    const found = await site.app
      .get(TwoFactor, { strict: false })
      .recovery.ofAccount({ accountId: ann.person.id });
    return { ann, address: `/staff/recovery/${found?.id ?? 'none'}` };
  }
  const works = (address: string, body: object, who = sam) => acts(site, who, address, { ...body, reason });
  const caseAt = async (address: string) =>
    (await sam.visitor.asks('GET', address)).body['case'] as Record<string, unknown>;

  it('lists the case, takes ticks, and an approval that lets the client set up again after the wait', async () => {
    const { ann, address } = await lost();
    const { visitor, person } = sam;
    await visitor.goes('/staff/clients');
    await visitor.goes(visitor.page.link('Recovery'));
    await visitor.goes(visitor.page.link(ann.person.email));
    expect(visitor.page.address).toBe(address);
    expect(visitor.page.text).toContain('Never ask for a password or a code.');
    await visitor.submits({ 'invoice-number': 'on', reason, step: 'tick' });
    site.clock.advance(30_000);
    await visitor.submits({ password: person.password, code: sam.app.code() });
    expect(visitor.page.address).toBe(`${address}?done=tick`);
    expect(visitor.page.text).toMatch(/✓ Knows the number of an invoice Sam/);
    await visitor.submits({
      'last-payment': 'on',
      'call-back': 'on',
      'photo-id': 'on',
      reason,
      step: 'approve',
    });
    expect(visitor.page.text).toContain('Your approval is saved.');
    expect(visitor.page.text).toContain('Approved by Sam');
    site.clock.advance(72 * HOUR);
    await site.sweeps();
    const back = site.visitor();
    await back.signsIn(ann.person);
    expect(back.page.address).toMatch(/^\/login\/enrol/);
    expect((await back.asks('GET', '/invoices')).status).toBe(401);
    await back.goes('/login/enrol/totp');
    const app = await scansAt(site, back);
    await back.submits({ code: app.code(), label: 'New phone' });
    expect((await back.asks('GET', '/invoices')).status).toBe(200);
    expect(await site.app.get(TwoFactor, { strict: false }).brake(ann.person.id)).toMatchObject({
      cause: 'recovery',
    });
  });

  it('shows the open case on the client’s page', async () => {
    const { ann, address } = await lost();
    await sam.visitor.goes(`/staff/clients/${ann.person.id}`);
    expect(sam.visitor.page.html).toContain(`href="${address}"`);
    expect(sam.visitor.page.text).toContain('A recovery case is open since');
  });

  it('records each tick, the approval and the reason, with the agent', async () => {
    const { ann, address } = await lost();
    expect((await works(address, { step: 'tick', 'photo-id': 'on' })).body['status']).toBe('done');
    await site.settled();
    const mia = await agent(site, 'Mia', 'admin');
    const query = new URLSearchParams({ account: ann.person.email });
    const { body } = await mia.visitor.asks('GET', `/staff/audit?${query.toString()}`);
    const entries = body['entries'] as { name: string; actor: object; data: object }[];
    expect(entries.filter(({ name }) => name === 'two-factor.recovery.checked')).toMatchObject([
      { actor: { type: 'staff', label: sam.person.email }, data: { check: 'photo-id', reason } },
    ]);
  });

  it('refuses an approval without the whole list, an unknown tick, and what is done already', async () => {
    const { address } = await lost();
    const early = await works(address, { step: 'approve', 'photo-id': 'on' });
    expect([early.status, early.body['reason']]).toEqual([409, 'checklist']);
    for (const body of [
      { step: 'tick', 'shoe-size': 'on' },
      { step: 'dance' },
      { step: 'tick', 'photo-id': 'yes' },
    ])
      expect((await works(address, body)).status).toBe(400);
    await works(address, { step: 'tick', 'photo-id': 'on' });
    const again = await works(address, { step: 'tick', 'photo-id': 'on' });
    expect([again.status, again.body['reason']]).toEqual([409, 'nothing-to-do']);
    const bare = await sam.visitor.asks('POST', address, { step: 'tick', 'call-back': 'on' });
    expect(bare.status).toBe(400);
    expect((await works('/staff/recovery/none', { step: 'tick' })).status).toBe(404);
    expect((await sam.visitor.asks('GET', '/staff/recovery/none')).status).toBe(404);
  });

  it('is refused by an agent, and the owner gets a mail', async () => {
    const { ann, address } = await lost();
    expect((await works(address, { step: 'refuse' })).status).toBe(200);
    expect(await caseAt(address)).toMatchObject({ state: 'cancelled', reason: 'staff' });
    await site.settled();
    const subjects = (await site.inbox.of(ann.person.email)).map(({ subject }) => subject);
    expect(subjects).toContain('The recovery of your account was stopped');
    const ended = await works(address, { ...everything, step: 'approve' });
    expect([ended.status, ended.body['reason']]).toEqual([409, 'case-ended']);
  });

  it('loses nothing when two agents work at once', async () => {
    const { address } = await lost();
    const kim = await agent(site, 'Kim');
    await works(address, { step: 'tick', 'invoice-number': 'on' });
    await works(address, { step: 'tick', 'last-payment': 'on' }, kim);
    const body = { reason, step: 'approve', 'call-back': 'on', 'photo-id': 'on' };
    const both = await Promise.all([sam, kim].map(({ visitor }) => visitor.asks('POST', address, body)));
    expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(both.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await caseAt(address)).toMatchObject({ state: 'approved' });
    const checklist = (await caseAt(address))['checklist'] as { agent: { name: string } }[];
    expect(checklist.map(({ agent: { name } }) => name).slice(0, 2)).toEqual(['Sam', 'Kim']);
  });

  it('is closed to customers, and to staff without a factor', async () => {
    const { ann, address } = await lost();
    for (const path of ['/staff/recovery', address])
      expect((await ann.visitor.asks('GET', path)).status).toBe(403);
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Bare', 'support'));
    expect((await visitor.asks('GET', '/staff/recovery')).status).toBe(200);
    const body = { step: 'tick', 'photo-id': 'on', reason };
    expect((await visitor.asks('POST', address, body)).status).toBe(403);
    expect((await site.visitor().asks('GET', '/staff/recovery')).status).toBe(401);
  });
});

forEachDatabase('where two agents must approve on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { RECOVERY_AGENTS: '2', RECOVERY_WAIT_HOURS: '24' } });
  });
  afterAll(() => site.close());

  it('one approval is not enough', async () => {
    const [ann, sam, kim] = [await owner(site, 'Ann'), await agent(site, 'Sam'), await agent(site, 'Kim')];
    await (await pending(site, ann.person)).asks('POST', '/login/recovery', {});
    const { recovery } = site.app.get(TwoFactor, { strict: false });
    const found = (await recovery.ofAccount({ accountId: ann.person.id }))!;
    const address = `/staff/recovery/${found.id}`;
    const body = { ...everything, step: 'approve', reason };
    expect((await acts(site, sam, address, body)).body['case']).toMatchObject({ state: 'open' });
    expect((await acts(site, sam, address, { step: 'approve', reason })).status).toBe(409);
    const last = await acts(site, kim, address, { step: 'approve', reason });
    expect(last.body['case']).toMatchObject({ state: 'approved' });
    site.clock.advance(24 * HOUR);
    await site.sweeps();
    expect((await recovery.find({ id: found.id }))?.state).toBe('completed');
  });
});
