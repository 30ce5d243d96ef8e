import { TwoFactor } from 'nestjs-two-factor';
import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { acts, agent } from '../../support/people/agent.js';
import { owner, type Owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const because = { reason: 'Called back on the number on file.' };

forEachDatabase('the wait of dangerous actions, which staff want to end on', (database) => {
  let site: Portal;
  let sam: Owner;
  beforeAll(async () => {
    site = await portal({ database });
    sam = await agent(site, 'Sam');
  });
  afterAll(() => site.close());

  const place = ({ person }: Pick<Owner, 'person'>) => `/staff/clients/${person.id}/two-factor/brake/end`;
  const brake = ({ person }: Pick<Owner, 'person'>) =>
    site.app.get(TwoFactor, { strict: false }).brake(person.id);

  /** An owner whose e-mail address was changed a moment ago. */
  async function braked(name: string): Promise<Owner> {
    const ann = await owner(site, name);
    await site.app.get(TwoFactor, { strict: false }).emailChanged(ann.person.id);
    return ann;
  }

  it('goes on until a second agent agrees; then the audit log and the owner’s mail name both sides', async () => {
    const ann = await braked('Ann');
    const asked = await acts(site, sam, place(ann), because);
    expect([asked.status, asked.body['status']]).toEqual([202, 'approval-requested']);
    expect(await brake(ann)).not.toBeNull();
    const approval = `/staff/approvals/${(asked.body['approval'] as { id: string }).id}/approve`;
    expect((await acts(site, sam, approval, {})).status).toBe(403);
    expect(await brake(ann)).not.toBeNull();
    const lea = await agent(site, 'Lea');
    expect((await acts(site, lea, approval, {})).status).toBe(200);
    expect(await brake(ann)).toBeNull();
    await site.settled();
    const where = { accountId: ann.person.id, name: 'two-factor.brake.shortened' };
    const [entry, ...more] = await site.database.manager.findBy(AuditEntryRow, where);
    expect([entry?.actorId, JSON.parse(entry?.data ?? '{}'), more]).toMatchObject([
      sam.person.id,
      { ...because, approvedBy: lea.person.id },
      [],
    ]);
  });

  it('has no button where none runs, and asking changes nothing', async () => {
    const bob = await owner(site, 'Bob');
    await sam.visitor.goes(`/staff/clients/${bob.person.id}`);
    expect(sam.visitor.page.text).not.toContain('End the wait');
    const asked = await acts(site, sam, place(bob), because);
    expect([asked.status, asked.body['reason']]).toEqual([409, 'nothing-to-do']);
  });
});
