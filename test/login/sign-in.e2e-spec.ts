import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabase('signing in on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [] });
  });
  afterAll(() => site.close());

  const rows = () => site.database.manager.count(SessionRow);

  it('leads to the page that was wanted, with a new session id', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.goes('/invoices');
    expect(visitor.page.address).toBe('/login?returnTo=%2Finvoices');
    await visitor.submits({ email: ann.email.toUpperCase(), password: ann.password });
    expect(visitor.page.address).toBe('/invoices');
    expect(visitor.cookies.get('portal')).toBeDefined();
  });

  it('does not keep an id that was planted before', async () => {
    const ann = await site.account('Ann');
    const [thief, victim] = [site.visitor(), site.visitor()];
    await thief.signsIn(ann);
    const planted = thief.cookies.get('portal') ?? '';
    await thief.presses('/logout');
    victim.cookies.set('portal', planted);
    await victim.signsIn(ann);
    expect(victim.cookies.get('portal')).not.toBe(planted);
    thief.cookies.set('portal', planted);
    expect((await thief.goes('/')).address).toBe('/login');
  });

  it('does not reveal whether the address or the password was wrong', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    const wrong = await visitor.signsIn({ ...ann, password: 'not the password' });
    const unknown = await site.visitor().signsIn({ email: 'nobody@example.com', password: 'whatever it is' });
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
    expect(wrong.attribute('#email', 'value')).toBe(ann.email);
    expect(wrong.html).not.toContain('not the password');
    expect((await visitor.goes('/')).address).toBe('/login');
  });

  it('leaves no row behind for visitors', async () => {
    const before = await rows();
    const visitor = site.visitor();
    await visitor.goes('/');
    await visitor.submits({ email: 'nobody@example.com', password: 'whatever it is' });
    expect(await rows()).toBe(before);
    expect(visitor.cookies.get('portal')).toBeUndefined();
  });

  it('ends at sign-out, even for a copy of the cookie', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    const copy = visitor.twin();
    await visitor.presses('/logout');
    expect(visitor.page.address).toBe('/login?done=signed-out');
    expect((await copy.goes('/invoices')).address).toBe('/login?returnTo=%2Finvoices');
  });

  it('answers programs in JSON with the same statuses', async () => {
    const { email, password } = await site.account('Ann');
    const program = site.visitor();
    expect((await program.asks('GET', '/invoices')).status).toBe(401);
    const refused = await program.asks('POST', '/login', { email, password: 'not the password' });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body['code']).toBe('INVALID_CREDENTIALS');
    const taken = await program.asks('POST', '/login', { email, password });
    expect([taken.status, taken.body]).toEqual([200, { status: 'signed-in' }]);
    expect((await program.asks('GET', '/invoices')).status).toBe(200);
    expect((await program.asks('POST', '/logout')).status).toBe(200);
    expect((await program.asks('GET', '/invoices')).status).toBe(401);
  });

  it('lets no half-made text reach the database', async () => {
    const program = site.visitor();
    for (const email of ['a\u0000@example.com', '\ud800@example.com', `${'a'.repeat(300)}@example.com`]) {
      const answer = await program.asks('POST', '/login', { email, password: 'whatever it is' });
      expect([email, answer.status]).toEqual([email, 400]);
    }
  });

  it('refuses a suspended account, and shuts its sessions at their next request', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await site.database.manager.update('accounts', { id: ann.id }, { suspendedAt: site.clock.now() });
    expect((await visitor.goes('/')).address).toBe('/login');
    expect((await site.visitor().signsIn(ann)).status).toBe(401);
  });
});
