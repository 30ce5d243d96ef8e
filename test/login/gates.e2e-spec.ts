import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { GateFlags } from '../../src/auth/gates/gate-flags.js';
import { SessionEnding } from '../../src/auth/sessions/session-ending.js';
import { OutboxRelay } from '../../src/events/outbox-relay.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { stubModule } from '../support/portal/stub-module.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabase('gates on', (database) => {
  const [first, second] = [stubModule('first'), stubModule('second')];
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [first, second] });
  });
  beforeEach(() => {
    Object.assign(first.knock, { holds: true, fails: false, fresh: false, meanwhile: undefined });
    Object.assign(second.knock, { holds: false, fails: false, fresh: false, meanwhile: undefined });
  });
  afterAll(() => site.close());

  const told = async (accountId: string) => {
    await site.app.get(OutboxRelay).settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId });
    return entries.map((entry) => entry.name);
  };

  it('let the password alone open nothing', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    expect(visitor.page.address).toBe('/login/first');
    for (const path of [
      '/',
      '/invoices',
      '/account/sessions',
      '/account/password',
      '/staff/audit',
      '/login',
    ]) {
      expect([path, (await visitor.goes(path)).address]).toEqual([path, '/login/first']);
      expect((await visitor.asks('GET', path)).status).toBe(401);
    }
    expect((await visitor.asks('POST', '/logout')).status).toBe(401);
    expect(await told(ann.id)).toEqual([]);
  });

  it('sign in once the gate is passed: a new id, one event, and the page that was wanted', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann, '/invoices');
    const pending = visitor.twin();
    const answer = await visitor.asks('POST', '/login/first');
    expect([answer.status, answer.body]).toEqual([200, { status: 'signed-in', to: '/invoices' }]);
    expect((await visitor.goes('/invoices')).status).toBe(200);
    expect((await pending.goes('/')).address).toBe('/login');
    expect(await told(ann.id)).toEqual(['login.succeeded']);
  });

  it('are passed one after the other', async () => {
    second.knock.holds = true;
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann, '/invoices');
    const next = await visitor.asks('POST', '/login/first');
    expect(next.body).toMatchObject({ status: 'pending', to: '/login/second' });
    expect((await visitor.goes('/')).address).toBe('/login/second');
    const last = await visitor.asks('POST', '/login/second');
    expect(last.body).toEqual({ status: 'signed-in', to: '/invoices' });
    expect(await told(ann.id)).toEqual(['login.succeeded']);
  });

  it('let one of many simultaneous answers in, and no more', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    const twins = Array.from({ length: 10 }, () => visitor.twin());
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', '/login/first')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
    expect(await told(ann.id)).toEqual(['login.succeeded']);
  });

  it('refuse the sign-in when they break', async () => {
    const ann = await site.account('Ann');
    first.knock.fails = true;
    const visitor = site.visitor();
    expect((await visitor.signsIn(ann)).status).toBe(500);
    expect((await visitor.goes('/')).address).toBe('/login');
    first.knock.fails = false;
    await visitor.signsIn(ann);
    second.knock.fails = true;
    expect((await visitor.asks('POST', '/login/first')).status).toBe(500);
    expect((await visitor.goes('/')).address).toBe('/login/first');
  });

  it('void a pending login when the account changes', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await site.database.manager.update('accounts', { id: ann.id }, { stamp: 'another one' });
    expect((await visitor.asks('POST', '/login/first')).status).toBe(401);
    expect((await visitor.goes('/')).address).toBe('/login');
  });

  it('can be left by starting over', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    const pending = visitor.twin();
    expect((await visitor.asks('POST', '/login/first/cancel')).status).toBe(200);
    expect((await visitor.goes('/')).address).toBe('/login');
    expect((await pending.asks('POST', '/login/first')).status).toBe(401);
  });

  it('sign in a person who passed, although a second click found no gate left and failed', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    const second = visitor.twin();
    first.knock.meanwhile = () => second.asks('POST', '/login/first/cancel');
    expect((await visitor.asks('POST', '/login/first')).body).toMatchObject({ status: 'signed-in' });
    expect((await visitor.goes('/invoices')).address).toBe('/invoices');
    expect((await second.goes('/')).address).toBe('/login');
  });

  it('admit no login that has ended because the account changed', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    const change = { accountId: ann.id, gate: 'first', version: 1 };
    first.knock.meanwhile = () => site.app.get(SessionEnding).afterChange(change, null);
    expect((await visitor.asks('POST', '/login/first')).body['code']).toBe('CHALLENGE_EXPIRED');
    expect((await visitor.goes('/')).address).toBe('/login');
  });

  it('replace the pending login of a program that signs in again', async () => {
    const [ann, bob] = [await site.account('Ann'), await site.account('Bob')];
    const program = site.visitor();
    for (const { email, password } of [ann, bob]) {
      const answer = await program.asks('POST', '/login', { email, password });
      expect(answer.body).toEqual({ status: 'knock', at: 'first' });
    }
    await program.asks('POST', '/login/first');
    expect([await told(ann.id), await told(bob.id)]).toEqual([[], ['login.succeeded']]);
  });

  it('ask for a step-up before a new password, and renew the session id when it is given', async () => {
    first.knock.holds = false;
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Ann'));
    const refused = await visitor.asks('GET', '/account/password');
    expect([refused.status, refused.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    const old = visitor.twin();
    expect((await visitor.asks('POST', '/login/first/confirm')).status).toBe(200);
    first.knock.fresh = true;
    expect((await visitor.goes('/account/password')).status).toBe(200);
    expect((await old.goes('/')).address).toBe('/login');
  });

  it('protect the account also when their module is taken out', async () => {
    first.knock.holds = false;
    const ann = await site.account('Ann');
    const flags = site.app.get(GateFlags);
    await flags.set(ann.id, 'first', 3);
    await flags.set(ann.id, 'gone', 3);
    const visitor = site.visitor();
    const page = await visitor.signsIn(ann);
    expect(page.status).toBe(403);
    expect(page.text).toContain(
      'Your account is protected by a sign-in step that is not available right now',
    );
    expect((await visitor.goes('/')).address).toBe('/login');
    expect(await told(ann.id)).toEqual(['login.failed']);
  });

  it('protect the account even if the flag of a missing one was set during a pending login', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await site.app.get(GateFlags).set(ann.id, 'gone', 1);
    const answer = await visitor.asks('POST', '/login/first');
    expect([answer.status, answer.body['code']]).toEqual([403, 'FORBIDDEN']);
    expect((await visitor.goes('/')).address).toBe('/login');
    expect(await told(ann.id)).toEqual(['login.failed']);
  });

  it('are set by a module that counts from the beginning again, because its tables were created again', async () => {
    const flags = site.app.get(GateFlags);
    const { id } = await site.account('Ann');
    await flags.set(id, 'first', 5);
    await flags.clear(id, 'first', 6);
    await flags.set(id, 'first', 1);
    expect([await flags.raised(id), await flags.raisedAt(id, 'first')]).toEqual([['first'], 6]);
  });

  it('are not lowered by an event that comes late', async () => {
    const { id } = await site.account('Ann');
    const flags = site.app.get(GateFlags);
    await flags.set(id, 'first', 1);
    await flags.set(id, 'first', 3);
    expect(await flags.clear(id, 'first', 2)).toBe(false);
    expect(await flags.raised(id)).toEqual(['first']);
    expect(await flags.clear(id, 'first', 3)).toBe(true);
    expect(await flags.raised(id)).toEqual([]);
  });
});
