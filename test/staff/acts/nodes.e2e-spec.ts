import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import type { Person } from '../../support/people/accounts.js';
import { acts, agent, confirmsAct } from '../../support/people/agent.js';
import type { Owner } from '../../support/people/owner.js';
import { type Portal, portal } from '../../support/portal/portal.js';

const because = { reason: 'The caller asked for it.' };
const env = { STAFF_ACTS_PER_DAY: '3' };

forEachDatabase('staff at two nodes on', (database) => {
  let house: Portal;
  let other: Portal;
  beforeAll(async () => {
    house = await portal({ database, env });
    other = await portal({ database, env, besides: house });
  });
  afterAll(async () => {
    await other.close();
    await house.close();
  });

  /** The same agent in the same browser, at the other node. */
  const there = (who: Owner): Owner => ({ ...who, visitor: who.visitor.twin(other.url) });

  async function times(accountId: string, name: string): Promise<number> {
    await house.settled();
    await other.settled();
    return house.database.manager.countBy(AuditEntryRow, { accountId, name });
  }

  async function confirmed(who: Owner, address: string): Promise<void> {
    const { body } = await who.visitor.asks('POST', address, because);
    await confirmsAct(house, who, String(body['act']));
  }

  it.each([
    ['suspend', 'account.suspended'],
    ['sessions/end', 'session.ended'],
    ['password-link', 'password.reset-requested'],
  ])('do %s once, although both ask for it at the same moment', async (path, event) => {
    const [sam, eve] = [await agent(house, 'Sam'), await agent(house, 'Eve', 'admin')];
    const ann: Person = await house.account('Ann');
    await house.visitor().signsIn(ann);
    const address = `/staff/clients/${ann.id}/${path}`;
    await confirmed(sam, address);
    await confirmed(eve, address);
    const both = [sam.visitor, there(eve).visitor].map((visitor) => visitor.asks('POST', address, because));
    const answers = await Promise.all(both);
    expect(answers.map(({ status, body }) => [status, body['reason']]).sort()).toEqual([
      [200, undefined],
      [409, 'nothing-to-do'],
    ]);
    expect(await times(ann.id, event)).toBe(1);
    expect((await house.inbox.of(ann.email)).length).toBe(1);
  });

  it('approve a request once, although both approve it at the same moment', async () => {
    const [sam, eve, mia] = [
      await agent(house, 'Sam'),
      await agent(house, 'Eve', 'admin'),
      await agent(house, 'Mia', 'admin'),
    ];
    const kim = await house.account('Kim', 'support');
    const asked = await acts(other, there(sam), `/staff/clients/${kim.id}/suspend`, because);
    const address = `/staff/approvals/${(asked.body['approval'] as { id: string }).id}/approve`;
    for (const who of [eve, mia]) {
      const { body } = await who.visitor.asks('POST', address, {});
      await confirmsAct(house, who, String(body['act']));
    }
    const both = [eve.visitor, there(mia).visitor].map((visitor) => visitor.asks('POST', address, {}));
    const answers = await Promise.all(both);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await times(kim.id, 'account.suspended')).toBe(1);
    expect(await times(kim.id, 'approval.granted')).toBe(1);
  });

  it('ask for the same once, although the agent asks at both at the same moment', async () => {
    const sam = await agent(house, 'Sam');
    const kim = await house.account('Kim', 'support');
    const address = `/staff/clients/${kim.id}/suspend`;
    await confirmed(sam, address);
    const both = [sam.visitor, there(sam).visitor].map((visitor) => visitor.asks('POST', address, because));
    const ids = (await Promise.all(both)).map(({ body }) => (body['approval'] as { id: string }).id);
    expect(ids[0]).toBe(ids[1]);
    expect(await times(kim.id, 'approval.requested')).toBe(1);
  });

  it('are counted together by the limit of a day', async () => {
    let who = await agent(house, 'Sam');
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++) {
      const ann = await house.account('Ann');
      who = { ...who, visitor: who.visitor.twin(count % 2 === 0 ? other.url : house.url) };
      statuses.push((await acts(house, who, `/staff/clients/${ann.id}/suspend`, because)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});
