import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const its = (account: string) => `WHERE account_id = '${account}'`;
const totp = (account: string) => `${its(account)} AND kind = 'totp'`;

/** A manual change of Ann's rows; `eve` is another person with two-factor. */
const damages: Record<string, (ann: string, eve: string) => string> = {
  'is empty': (ann) => `UPDATE two_factor_factors SET sealed = '' ${totp(ann)}`,
  'is cut off': (ann) => `UPDATE two_factor_factors SET sealed = SUBSTR(sealed, 1, 40) ${totp(ann)}`,
  'was sealed with a key that nobody has': (ann) =>
    `UPDATE two_factor_factors SET sealed = REPLACE(sealed, '.', '.x') ${totp(ann)}`,
  'belongs to another account': (ann, eve) =>
    `UPDATE two_factor_factors SET sealed = (SELECT sealed FROM
       (SELECT sealed FROM two_factor_factors ${totp(eve)}) AS stolen) ${totp(ann)}`,
  'is of a kind that nobody knows': (ann) => `UPDATE two_factor_factors SET kind = 'palm' ${totp(ann)}`,
  'has vanished': (ann) => `DELETE FROM two_factor_factors ${totp(ann)}`,
  'has vanished, and the backup codes with it': (ann) => `DELETE FROM two_factor_factors ${its(ann)}`,
  'is there, and the account says that nothing is': (ann) =>
    `UPDATE two_factor_accounts SET primary_count = 0 ${its(ann)}`,
  'is there, and the account’s row is not': (ann) => `DELETE FROM two_factor_accounts ${its(ann)}`,
};

forEachDatabase('an account whose app', (database) => {
  let site: Portal;
  let eve: Owner;
  beforeAll(async () => {
    site = await portal({ database });
    eve = await owner(site, 'Eve');
  });
  afterAll(() => site.close());

  it.each(Object.entries(damages))('%s is let in by no code, and it alarms', async (_what, damage) => {
    const ann = await owner(site, 'Ann');
    const { id, email, password } = ann.person;
    const waiting = await pending(site, ann.person);
    await site.database.query(damage(id, eve.person.id));
    const visitor = site.visitor();
    const statuses = [(await visitor.asks('POST', '/login', { email, password })).status];
    for (const each of [visitor, waiting])
      for (const { app } of [ann, eve]) {
        const { status } = await each.asks('POST', '/login/challenge', { kind: 'totp', code: app.code() });
        statuses.push(status);
        expect((await each.asks('GET', '/invoices')).status).toBe(401);
      }
    expect(statuses).toContain(503);
    expect(statuses.slice(1)).not.toContain(200);
    await site.settled();
    const alarms = { accountId: id, name: 'two-factor.alarm' };
    expect(await site.database.manager.countBy(AuditEntryRow, alarms)).toBeGreaterThan(0);
  });

  it('is to be written without its secret is refused by the database', async () => {
    const nothing = `UPDATE two_factor_factors SET sealed = NULL ${totp(eve.person.id)}`;
    await expect(site.database.query(nothing)).rejects.toThrow(/null/i);
  });
});
