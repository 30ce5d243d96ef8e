import { forEachDatabase } from '../support/databases/databases.js';
import { StatementLog } from '../support/databases/statements.js';
import { portal, type Portal } from '../support/portal/portal.js';

const fresh = 'a brand new password';

forEachDatabase('changing the password on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [] });
  });
  afterAll(() => site.close());

  it('ends every other session and keeps this one', async () => {
    const ann = await site.account('Ann');
    const [here, there] = [site.visitor(), site.visitor()];
    await here.signsIn(ann);
    await there.signsIn(ann);
    await here.goes('/account/password');
    const page = await here.submits({ newPassword: fresh });
    expect([page.status, page.all('[role=status]')]).toEqual([
      200,
      ['Your password has been changed, and every other session has ended.'],
    ]);
    expect(page.all('.row-item')).toHaveLength(1);
    expect((await there.goes('/')).address).toBe('/login');
    expect((await site.visitor().signsIn(ann)).status).toBe(401);
    expect((await site.visitor().signsIn({ ...ann, password: fresh })).address).toBe('/');
  });

  it('asks for a new sign-in when the last one is more than 5 minutes ago, and then leads back', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    site.clock.passesMinutes(5);
    expect((await visitor.goes('/account/password')).address).toBe('/account/password');
    site.clock.passesSeconds(1);
    await visitor.submits({ newPassword: fresh });
    expect(visitor.page.address).toBe('/login?returnTo=%2Faccount%2Fpassword');
    await visitor.submits({ email: ann.email, password: ann.password });
    expect(visitor.page.address).toBe('/account/password');
  });

  it('is refused to programs that signed in too long ago, and keeps their session', async () => {
    const { email, password } = await site.account('Ann');
    const program = site.visitor();
    await program.asks('POST', '/login', { email, password });
    site.clock.passesMinutes(6);
    const refused = await program.asks('POST', '/account/password', { newPassword: fresh });
    expect([refused.status, refused.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    expect((await program.asks('GET', '/invoices')).status).toBe(200);
  });

  it.each([['short'], ['x'.repeat(129)], ['']])('does not take %p', async (newPassword) => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/account/password');
    const page = await visitor.submits({ newPassword });
    expect([page.status, page.all('.error-summary li')]).toEqual([
      400,
      ['A password has 8 to 128 characters.'],
    ]);
    expect((await site.visitor().signsIn(ann)).address).toBe('/');
  });

  it('voids a session elsewhere that is just changing it too, without a deadlock', async () => {
    const log = StatementLog.on(site.database);
    const ann = await site.account('Ann');
    const visitors = [site.visitor(), site.visitor()];
    for (const visitor of visitors) await visitor.signsIn(ann);
    for (const visitor of visitors) await visitor.goes('/account/password');
    const passwords = ['the first password', 'the second password'];
    const pages = await Promise.all(
      visitors.map((visitor, index) => visitor.submits({ newPassword: passwords[index] ?? '' })),
    );
    const isIn = pages.map((page) => page.address.startsWith('/account/sessions'));
    expect(isIn.filter(Boolean)).toHaveLength(1);
    const works = await Promise.all(
      passwords.map(async (password) => (await site.visitor().signsIn({ ...ann, password })).address === '/'),
    );
    expect(works).toEqual(isIn);
    // A deadlock would have sent one of the two changes a second time.
    const changes = log.statements.filter((each) => /^UPDATE .?accounts.? SET .?password_hash/.test(each));
    expect(changes).not.toEqual([]);
    expect(changes.length).toBeLessThanOrEqual(2);
  });
});
