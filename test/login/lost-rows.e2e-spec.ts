import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { resetCommand } from '../../src/two-factor/commands/reset.command.js';
import { statusCommand } from '../../src/two-factor/commands/status.command.js';
import { printed } from '../support/portal/command-line.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { getsStarted, pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** The tables that have rows of accounts. */
const owned = ['two_factor_accounts', 'two_factor_factors', 'two_factor_tokens'];
const tables = [...owned, 'two_factor_attempts', 'two_factor_events'];

forEachDatabase('an account whose two-factor rows were lost, on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database });
    other = await portal({ besides: site });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  const loses = async ({ person }: Owner) => {
    for (const table of owned)
      await site.database.query(`DELETE FROM ${table} WHERE account_id = '${person.id}'`);
  };
  const told = async ({ person }: Owner, name: string) => {
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: person.id, name });
    return entries.map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  };
  const operator = ({ person }: Owner, name: string, ...words: string[]) =>
    printed(site, [resetCommand, statusCommand], [name, person.email, ...words]);
  const resets = (ann: Owner) => operator(ann, 'two-factor:reset', '--reason', 'rows lost, ticket 8');
  const subjects = async (email: string) => (await site.inbox.of(email)).map(({ subject }) => subject);

  /** The password alone signs in on none of these nodes, by no page and no program, and it alarms. */
  async function isShut(ann: Owner, nodes: readonly Portal[] = [site, other]): Promise<void> {
    const { email, password } = ann.person;
    for (const node of nodes) {
      const program = node.visitor();
      const answer = await program.asks('POST', '/login', { email, password });
      expect([answer.status, answer.body['code'], answer.body['reason']]).toEqual([
        503,
        'UNAVAILABLE',
        'damaged',
      ]);
      expect((await program.asks('GET', '/invoices')).status).toBe(401);
      const visitor = node.visitor();
      const page = await visitor.signsIn(ann.person);
      expect([page.status, page.text]).toEqual([503, expect.stringContaining('Please contact us')]);
      expect((await visitor.goes('/invoices')).address).toBe('/login?returnTo=%2Finvoices');
      await node.settled();
    }
    expect(await told(ann, 'two-factor.alarm')).not.toEqual([]);
    expect(await told(ann, 'login.succeeded')).toHaveLength(1);
  }

  it('is not admitted by the password when its two rows are deleted; owner and staff get a mail', async () => {
    const mia = await site.account('Mia', 'admin');
    const ann = await owner(site, 'Ann');
    await loses(ann);
    await isShut(ann);
    expect(await subjects(ann.person.email)).toContain('Sign-in to your account is blocked at the moment');
    expect(await subjects(mia.email)).toContain('Two-factor data of an account is damaged');
    expect(await operator(ann, 'two-factor:status')).toContain('DAMAGED');
  });

  it('is not admitted by the password when either of its two rows is lost', async () => {
    for (const table of ['two_factor_accounts', 'two_factor_factors']) {
      const ann = await owner(site, 'Ann');
      await site.database.query(`DELETE FROM ${table} WHERE account_id = '${ann.person.id}'`);
      await isShut(ann);
    }
  });

  it('sets no new factor up by its password alone in a browser that is still signed in', async () => {
    const ann = await owner(site, 'Ann');
    const waiting = await pending(site, ann.person);
    await loses(ann);
    const { status } = await ann.visitor.asks('POST', '/account/security/two-factor/totp/setup', {});
    const confirmed = await ann.visitor.asks('POST', '/account/confirm', { password: ann.person.password });
    expect([status, confirmed.status]).toEqual([403, 503]);
    const late = await waiting.asks('POST', '/login/challenge', { code: ann.app.code() });
    expect(late.status).toBe(401);
    expect((await waiting.asks('GET', '/invoices')).status).toBe(401);
  });

  it('signs in by its password after a reset, and is protected again by the next set-up', async () => {
    const ann = await owner(site, 'Ann');
    await loses(ann);
    await isShut(ann);
    expect(await resets(ann)).toContain('was reset');
    const visitor = site.visitor();
    expect((await visitor.signsIn(ann.person)).address).toBe('/');
    expect(await resets(ann)).toContain('nothing to reset');
    await visitor.goes('/account/security/two-factor/totp');
    const app = await getsStarted(site, visitor);
    await visitor.submits({ code: app.code(), label: 'My phone' });
    expect((await pending(other, ann.person)).page.address).toBe('/login/challenge');
  });

  it('loses its sessions with the reset and with the next set-up, although the versions begin again', async () => {
    const ann = await owner(site, 'Ann');
    const { person, visitor, app } = ann;
    const confirms = { password: person.password, kind: 'totp' };
    for (let round = 0; round < 2; round += 1) {
      site.clock.passesSeconds(60);
      await visitor.asks('POST', '/account/confirm', { ...confirms, code: app.code() });
      const renewed = await visitor.asks('POST', '/account/security/two-factor/backup-codes');
      expect(renewed.status).toBe(200);
    }
    await loses(ann);
    expect(await resets(ann)).toContain('was reset');
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    const [here, there] = [site.visitor(), other.visitor()];
    for (const each of [here, there]) await each.signsIn(person);
    await here.goes('/account/security/two-factor/totp');
    const again = await getsStarted(site, here);
    await here.submits({ code: again.code(), label: 'My phone' });
    expect((await here.asks('GET', '/invoices')).status).toBe(200);
    expect((await there.asks('GET', '/invoices')).status).toBe(401);
  });

  it('ends sessions and gets its flag with a set-up after the tables were created again', async () => {
    const ann = await owner(site, 'Ann');
    expect(await resets(ann)).toContain('was reset');
    await loses(ann);
    const [here, there] = [site.visitor(), other.visitor()];
    for (const each of [here, there]) await each.signsIn(ann.person);
    await here.goes('/account/security/two-factor/totp');
    const app = await getsStarted(site, here);
    await here.submits({ code: app.code(), label: 'My phone' });
    expect((await here.asks('GET', '/invoices')).status).toBe(200);
    expect((await there.asks('GET', '/invoices')).status).toBe(401);
    const without = await portal({ besides: site, modules: [] });
    expect((await without.visitor().signsIn(ann.person)).status).toBe(403);
    await without.close();
  });

  it('is not admitted by the password when all rows are lost under the running nodes', async () => {
    const ann = await owner(site, 'Ann');
    const bob = await site.account('Bob');
    for (const table of tables) await site.database.query(`DELETE FROM ${table}`);
    await isShut(ann);
    expect((await other.visitor().signsIn(bob)).address).toBe('/');
  });

  it('stays shut over restores without the tables: taken out, dropped, installed again', async () => {
    const ann = await owner(site, 'Ann');
    const without = await portal({ besides: site, modules: [] });
    expect((await without.visitor().signsIn(ann.person)).status).toBe(403);
    await without.close();
    for (const table of tables) await site.database.query(`DROP TABLE ${table}`);
    await site.database.query(`DELETE FROM migrations WHERE name LIKE 'TwoFactor%'`);
    const again = await portal({ besides: site });
    try {
      await isShut(ann, [again, site, other]);
      expect(await resets(ann)).toContain('was reset');
      expect((await again.visitor().signsIn(ann.person)).address).toBe('/');
    } finally {
      await again.close();
    }
  });
});
