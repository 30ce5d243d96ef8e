import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { acts, agent, confirmsAct } from '../../support/people/agent.js';
import type { Owner } from '../../support/people/owner.js';
import type { JsonAnswer } from '../../support/people/visitor.js';
import { type Portal, portal } from '../../support/portal/portal.js';

const because = { reason: 'She left the company.' };
const day = 24 * 3_600_000;

forEachDatabase('an act that needs a second staff member on', (database) => {
  let house: Portal;
  let [sam, tom, mia, eve]: Owner[] = [];
  beforeAll(async () => {
    house = await portal({ database, env: { STAFF_ACTS_PER_DAY: '100' } });
    sam = await agent(house, 'Sam');
    tom = await agent(house, 'Tom');
    mia = await agent(house, 'Mia', 'admin');
    eve = await agent(house, 'Eve', 'admin');
  });
  afterAll(() => house.close());

  const suspends = (who: Owner, id: string) => acts(house, who, `/staff/clients/${id}/suspend`, because);
  const idOf = ({ body }: JsonAnswer) => (body['approval'] as { id: string }).id;
  const approves = (who: Owner, id: string) => acts(house, who, `/staff/approvals/${id}/approve`, {});
  const told = ({ status, body }: JsonAnswer) => [status, body['code'] ?? body['status'], body['reason']];

  async function events(accountId: string): Promise<Pick<AuditEntryRow, 'name' | 'actorId' | 'data'>[]> {
    await house.settled();
    const rows = await house.database.manager.find(AuditEntryRow, {
      where: { accountId },
    });
    const told = rows.filter(({ name }) => /^(approval|account)\./.test(name));
    return told.sort((one, other) => one.name.localeCompare(other.name));
  }

  it('waits, and is carried out once another one approves it, in the name of both', async () => {
    const ann = await house.account('Ann', 'support');
    const asked = await suspends(sam!, ann.id);
    expect(told(asked)).toEqual([202, 'approval-requested', undefined]);
    const id = idOf(asked);
    const listed = await tom!.visitor.asks('GET', '/staff/approvals?state=asked');
    expect(listed.body['approvals']).toEqual([
      expect.objectContaining({
        ...{ id, act: 'account.suspend', reason: because.reason, state: 'asked', ticket: null },
        client: { id: ann.id, email: ann.email },
        askedBy: { id: sam!.person.id, email: sam!.person.email },
      }),
    ]);
    expect(told(await approves(sam!, id))).toEqual([403, 'FORBIDDEN', 'own-request']);
    const done = await approves(tom!, id);
    expect([done.status, done.body]).toEqual([200, { status: 'done', act: 'account.suspend', sessions: 0 }]);
    expect(told(await approves(eve!, id))).toEqual([409, 'CONFLICT', 'decided']);
    const [suspended, granted, requested, ...more] = await events(ann.id);
    expect(more).toEqual([]);
    expect(requested).toMatchObject({ name: 'approval.requested', actorId: sam!.person.id });
    expect(granted).toMatchObject({ name: 'approval.granted', actorId: tom!.person.id });
    expect(suspended).toMatchObject({ name: 'account.suspended', actorId: sam!.person.id });
    expect(JSON.parse(suspended?.data ?? '')).toMatchObject({ ...because, approvedBy: tom!.person.id });
  });

  it('of an administrator is approved by another administrator only', async () => {
    const ada = await house.account('Ada', 'admin');
    const id = idOf(await suspends(mia!, ada.id));
    expect(told(await approves(sam!, id))).toEqual([403, 'FORBIDDEN', 'needs-admin']);
    expect(told(await approves(eve!, id))).toEqual([200, 'done', undefined]);
  });

  it('is neither shown to its subject nor decided by them', async () => {
    const id = idOf(await suspends(mia!, eve!.person.id));
    const { visitor } = eve!;
    const { body } = await visitor.asks('GET', '/staff/approvals');
    expect(JSON.stringify(body)).not.toContain(id);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/approve'],
      ['POST', '/refuse'],
    ] as const)
      expect(
        told(await visitor.asks(method, `/staff/approvals/${id}${path}`, method === 'GET' ? undefined : {})),
      ).toEqual([404, 'NOT_FOUND', 'no-approval']);
    await house.settled();
    const ownPage = `/staff/clients/${eve!.person.id}`;
    expect((await visitor.goes(ownPage)).text).not.toContain('Approval requested');
    expect(JSON.stringify((await visitor.asks('GET', ownPage)).body)).not.toContain('approval.requested');
    expect((await visitor.goes('/account/security')).text).not.toContain('Approval requested');
  });

  it('is one request, however often the same agent asks, and the other agent is sent there', async () => {
    const ann = await house.account('Ann', 'admin');
    const first = idOf(await suspends(sam!, ann.id));
    expect(idOf(await suspends(sam!, ann.id))).toBe(first);
    const other = await suspends(mia!, ann.id);
    expect([...told(other), other.body['approval']]).toEqual([409, 'CONFLICT', 'approval-open', first]);
  });

  it('is refused or withdrawn once, and can be asked for again', async () => {
    const ann = await house.account('Ann', 'support');
    const first = idOf(await suspends(sam!, ann.id));
    expect((await tom!.visitor.asks('POST', `/staff/approvals/${first}/refuse`, {})).body['status']).toBe(
      'refused',
    );
    expect(told(await tom!.visitor.asks('POST', `/staff/approvals/${first}/refuse`, {}))).toEqual([
      409,
      'CONFLICT',
      'decided',
    ]);
    const second = idOf(await suspends(sam!, ann.id));
    expect(second).not.toBe(first);
    expect((await sam!.visitor.asks('POST', `/staff/approvals/${second}/refuse`, {})).status).toBe(200);
    expect(told(await approves(tom!, second))).toEqual([409, 'CONFLICT', 'decided']);
    expect((await events(ann.id)).map(({ name }) => name)).not.toContain('account.suspended');
  });

  it('is void after a day', async () => {
    const ann = await house.account('Ann', 'support');
    const first = idOf(await suspends(sam!, ann.id));
    house.clock.advance(day);
    const kim = await agent(house, 'Kim');
    expect(told(await approves(kim, first))).toEqual([409, 'CONFLICT', 'decided']);
    const { body } = await kim.visitor.asks('GET', `/staff/approvals/${first}`);
    expect(body['approval']).toMatchObject({ state: 'expired' });
    sam = await agent(house, 'Sam');
    tom = await agent(house, 'Tom');
    expect(idOf(await suspends(sam, ann.id))).not.toBe(first);
  });

  it('is not carried out for an agent who may not do it any more', async () => {
    const ann = await house.account('Ann', 'support');
    const lea = await agent(house, 'Lea');
    const id = idOf(await suspends(lea, ann.id));
    const boss = await agent(house, 'Mia', 'admin');
    await suspends(boss, lea.person.id);
    expect(told(await approves(tom!, id))).toEqual([409, 'CONFLICT', 'asker-gone']);
  });

  it('is carried out once by two who approve at once', async () => {
    const ann = await house.account('Ann', 'support');
    const [lea, pia] = [await agent(house, 'Lea'), await agent(house, 'Pia')];
    const id = idOf(await suspends(sam!, ann.id));
    const address = `/staff/approvals/${id}/approve`;
    for (const who of [lea, pia]) {
      const { body } = await who.visitor.asks('POST', address, {});
      await confirmsAct(house, who, String(body['act']));
    }
    const answers = await Promise.all([lea, pia].map(({ visitor }) => visitor.asks('POST', address, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await events(ann.id)).filter(({ name }) => name === 'account.suspended')).toHaveLength(1);
  });

  it('that is of no use any more is closed', async () => {
    const ann = await house.account('Ann', 'support');
    const boss = await agent(house, 'Mia', 'admin');
    const id = idOf(await suspends(sam!, ann.id));
    await suspends(boss, ann.id);
    expect(told(await approves(tom!, id))).toEqual([409, 'CONFLICT', 'nothing-to-do']);
    const { body } = await tom!.visitor.asks('GET', `/staff/approvals/${id}`);
    expect(body['approval']).toMatchObject({ state: 'void' });
  });
});
