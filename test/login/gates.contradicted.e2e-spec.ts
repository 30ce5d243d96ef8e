import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { GateFlags } from '../../src/auth/gates/gate-flags.js';
import { OutboxRelay } from '../../src/events/outbox-relay.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { stubModule, type StubModuleOptions } from '../support/portal/stub-module.js';
import { portal, type Portal } from '../support/portal/portal.js';

const passes: StubModuleOptions = { holds: false, fails: false, fresh: false, reason: 'unprotected' };

forEachDatabase('a raised gate that lets the password pass, on', (database) => {
  const [first, second] = [stubModule('first'), stubModule('second')];
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [first, second] });
  });
  beforeEach(() => {
    for (const { knock } of [first, second]) Object.assign(knock, passes, { asked: undefined });
  });
  afterAll(() => site.close());

  const raise = (accountId: string, gate = 'first') => site.app.get(GateFlags).set(accountId, gate, 1);
  const told = async (accountId: string) => {
    await site.app.get(OutboxRelay).settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId });
    return entries.map(({ name, data }) => [name, (JSON.parse(data) as { reason?: string }).reason]);
  };

  it('refuses a sign-in while it knows of no protection of the account, and records the refusal', async () => {
    const ann = await site.account('Ann');
    await raise(ann.id);
    const { email, password } = ann;
    const program = site.visitor();
    const { status, body } = await program.asks('POST', '/login', { email, password });
    expect([status, body['code'], body['reason']]).toEqual([403, 'FORBIDDEN', 'gate-contradicted']);
    expect((await program.asks('GET', '/invoices')).status).toBe(401);
    const page = await site.visitor().signsIn(ann);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('contact us')]);
    expect(await told(ann.id)).toEqual(Array(2).fill(['login.failed', 'gate-contradicted']));
  });

  it.each(['proved', 'skipped'] as const)('signs in where it says that it was %s', async (reason) => {
    const ann = await site.account('Ann');
    await raise(ann.id);
    first.knock.reason = reason;
    expect((await site.visitor().signsIn(ann)).address).toBe('/');
  });

  it('does not sign in after a later gate either, which makes the login pending', async () => {
    const ann = await site.account('Ann');
    await raise(ann.id);
    second.knock.holds = true;
    const visitor = site.visitor();
    expect((await visitor.signsIn(ann)).status).toBe(403);
    expect((await visitor.goes('/login/second')).address).toBe('/login');
  });

  it('is asked once more when its flag was set at the same moment: the login is pending, without an alarm', async () => {
    const ann = await site.account('Ann');
    first.knock.asked = async () => {
      first.knock.asked = undefined;
      first.knock.holds = true;
      await raise(ann.id);
    };
    const visitor = site.visitor();
    expect((await visitor.signsIn(ann)).address).toBe('/login/first');
    expect(await told(ann.id)).toEqual([]);
  });

  it('opens nothing to a password that was changed while the gate was asked', async () => {
    const ann = await site.account('Ann');
    first.knock.asked = () =>
      site.database.manager.update('accounts', { id: ann.id }, { stamp: 'another one' });
    const { email, password } = ann;
    const program = site.visitor();
    const { status, body } = await program.asks('POST', '/login', { email, password });
    expect([status, body['code']]).toEqual([401, 'CHALLENGE_EXPIRED']);
    expect((await program.asks('GET', '/invoices')).status).toBe(401);
  });
});
