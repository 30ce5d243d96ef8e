import { forEachDatabase } from '../../support/databases/databases.js';
import { acts, agent } from '../../support/people/agent.js';
import { owner, type Owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const reason = 'The caller lost the phone.';

forEachDatabase('with VERIFY_CALLERS, a reset on', (database) => {
  let site: Portal;
  let sam: Owner;
  beforeAll(async () => {
    site = await portal({ database, env: { VERIFY_CALLERS: 'on' } });
    sam = await agent(site, 'Sam');
  });
  afterAll(() => site.close());

  const place = ({ person }: Pick<Owner, 'person'>) => `/staff/clients/${person.id}`;
  const resets = (ann: Pick<Owner, 'person'>, who = sam) =>
    acts(site, who, `${place(ann)}/two-factor/reset`, { reason, mode: 'one-time-code' });

  /** Ann, on the phone with this agent, answers the check in her signed-in browser. */
  async function answers(ann: Owner, who = sam): Promise<void> {
    const { body } = await acts(site, who, `${place(ann)}/verify-caller`, { reason });
    expect(body['status']).toBe('done');
    site.clock.advance(30_000);
    await ann.visitor.goes('/account/verify-caller');
    expect((await ann.visitor.submits({ code: ann.app.code() })).status).toBe(200);
  }

  it('is done by the agent whose caller was verified by a factor', async () => {
    const ann = await owner(site, 'Ann');
    await answers(ann);
    expect((await resets(ann)).body).toMatchObject({ status: 'done', mode: 'one-time-code' });
  });

  it('waits for a second agent where the caller was not verified', async () => {
    const ann = await owner(site, 'Ann');
    const answer = await resets(ann);
    expect([answer.status, answer.body['status']]).toEqual([202, 'approval-requested']);
    const approval = `/staff/approvals/${(answer.body['approval'] as { id: string }).id}`;
    await sam.visitor.goes(approval);
    expect(sam.visitor.page.text).toContain('No factor of the caller was checked');
    const lea = await agent(site, 'Lea');
    const approved = await acts(site, lea, `${approval}/approve`, {});
    expect(approved.body).toMatchObject({ status: 'done', mode: 'one-time-code' });
  });

  it('waits for a second agent where the check is over, or was another agent’s', async () => {
    const [ann, bob] = [await owner(site, 'Ann'), await owner(site, 'Bob')];
    await answers(ann);
    site.clock.passesMinutes(11);
    expect((await resets(ann)).status).toBe(202);
    await answers(bob, await agent(site, 'Lea'));
    expect((await resets(bob)).status).toBe(202);
  });
});
