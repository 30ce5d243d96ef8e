import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabase('a portal whose line for two-factor was taken out, on', (database) => {
  let before: Portal;
  let without: Portal;
  beforeAll(async () => {
    before = await portal({ database });
    without = await portal({ besides: before, modules: [] });
  });
  afterAll(async () => {
    await without.close();
    await before.close();
  });

  it('still works for accounts without two-factor', async () => {
    const bob = await before.account('Bob');
    const visitor = without.visitor();
    expect((await visitor.signsIn(bob, '/invoices')).address).toBe('/invoices');
    expect(visitor.page.html).not.toContain('/account/security');
    expect((await visitor.goes('/account/security')).status).toBe(404);
    await visitor.goes('/account/password');
    await visitor.submits({ newPassword: 'a password that is new' });
    expect((await without.visitor().signsIn({ ...bob, password: 'a password that is new' })).address).toBe(
      '/',
    );
  });

  it('refuses the password alone for protected accounts, says so, and records it', async () => {
    const ann = await owner(before, 'Ann');
    const visitor = without.visitor();
    const page = await visitor.signsIn(ann.person);
    expect(page.status).toBe(403);
    expect(page.text).toContain('protected');
    expect((await visitor.goes('/')).address).toBe('/login');
    const { email, password } = ann.person;
    const program = await without.visitor().asks('POST', '/login', { email, password });
    expect([program.status, program.body['code']]).toEqual([403, 'FORBIDDEN']);
    await without.settled();
    const entries = await without.database.manager.findBy(AuditEntryRow, {
      accountId: ann.person.id,
      name: 'login.failed',
    });
    expect(entries.map(({ data }) => JSON.parse(data) as unknown)).toEqual(
      Array(2).fill(expect.objectContaining({ reason: 'gate-missing' })),
    );
  });

  it('does not get in the way once it was turned off while it was there', async () => {
    const ann = await owner(before, 'Ann');
    await ann.visitor.goes('/account/confirm?returnTo=/account/security');
    await ann.visitor.submits({ password: ann.person.password, code: ann.app.code() });
    await ann.visitor.presses('/account/security/two-factor/disable');
    await before.settled();
    expect((await without.visitor().signsIn(ann.person)).address).toBe('/');
  });
});
