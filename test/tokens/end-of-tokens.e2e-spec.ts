import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { acts, agent } from '../support/people/agent.js';
import { domainOf } from '../support/people/dangerous-acts.js';
import { owner, type Owner } from '../support/people/owner.js';
import { makesToken, type Program } from '../support/people/program.js';
import { stopLink } from '../support/people/stop-link.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabase('all tokens of an account, on', (database) => {
  let site: Portal;
  let ann: Owner;
  let program: Program;
  beforeAll(async () => void (site = await portal({ database })));
  beforeEach(async () => {
    ann = await owner(site, 'Ann');
    program = await makesToken(site, ann);
  });
  afterAll(() => site.close());

  const statusOf = async () => (await program.asks('GET', '/services')).status;
  async function revocations(): Promise<unknown[]> {
    await site.settled();
    const where = { accountId: ann.person.id, name: 'token.revoked' };
    const entries = await site.database.manager.findBy(AuditEntryRow, where);
    return entries.map(({ actorType, data }) => [actorType, (JSON.parse(data) as { reason: string }).reason]);
  }

  it('end with a suspension, and stay refused when the account is open again', async () => {
    const sam = await agent(site, 'Sam');
    const place = `/staff/clients/${ann.person.id}`;
    const because = { reason: 'A report of abuse.' };
    expect((await acts(site, sam, `${place}/suspend`, because)).status).toBe(200);
    expect(await statusOf()).toBe(401);
    expect(await revocations()).toEqual([['staff', 'suspended']]);
    expect((await acts(site, sam, `${place}/reopen`, because)).status).toBe(200);
    expect(await statusOf()).toBe(401);
  });

  it('end when the owner presses “This wasn’t me” in the mail about a new token, with what they asked for', async () => {
    const id = await domainOf(site, ann.person);
    const { body } = await program.asks('POST', `/services/${id}/epp-code`);
    const approval = (body['approval'] as { id: string }).id;
    const link = await stopLink(site, ann.person, 'An API token was made for your account');
    const stranger = site.visitor();
    await stranger.goes(link);
    expect(await statusOf()).toBe(200);
    await stranger.presses(link);
    expect(await statusOf()).toBe(401);
    expect(await revocations()).toEqual([['system', 'locked-down']]);
    const answer = await program.asks('POST', `/services/${id}/epp-code`, undefined, {
      'Approval-Id': approval,
    });
    expect(answer.status).toBe(401);
  });

  it('end once, however often the same suspension is told', async () => {
    const sam = await agent(site, 'Sam');
    await makesToken(site, ann);
    const place = `/staff/clients/${ann.person.id}/suspend`;
    await acts(site, sam, place, { reason: 'A report of abuse.' });
    await site.settled();
    await site.sweeps();
    expect(await revocations()).toHaveLength(2);
  });
});
