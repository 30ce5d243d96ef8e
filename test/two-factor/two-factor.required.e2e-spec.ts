import { codesOn, scans } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

describe('two-factor that a provider requires', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ env: { REQUIRE_TWO_FACTOR: 'staff' } });
  });
  afterAll(() => site.close());

  it('leaves customers as they are', async () => {
    const visitor = site.visitor();
    expect((await visitor.signsIn(await site.account('Ann'))).address).toBe('/');
  });

  it('lets staff set it up between password and session, and nothing else', async () => {
    const sam = await site.account('Sam', 'support');
    const visitor = site.visitor();
    await visitor.signsIn(sam, '/invoices');
    expect(visitor.page.address).toBe('/login/enrol/totp');
    for (const path of ['/', '/invoices', '/account/security', '/login/challenge', '/login/recovery'])
      expect([path, (await visitor.goes(path)).address]).toEqual([path, '/login/enrol/totp']);
    const setup = await visitor.presses('/login/enrol/totp/setup');
    const app = scans(site, setup);
    await visitor.submits({ code: app.code(50) });
    expect(visitor.page.status).toBe(401);
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    const [twin, proof] = [visitor.twin(), { code: app.code() }];
    const done = await visitor.submits(proof);
    expect(done.address).toBe('/account/security/two-factor/backup-codes/new?returnTo=%2Finvoices');
    expect(codesOn(done)).toHaveLength(10);
    visitor.cookies.copyTo(twin.cookies);
    expect(codesOn(await twin.submits(proof))).toEqual(codesOn(done));
    for (const back of ['/login/enrol/totp', '/login/enrol/totp/setup'])
      expect(codesOn(await visitor.goes(back))).toEqual(codesOn(done));
    await visitor.goes(done.address);
    await visitor.presses('/account/security/two-factor/backup-codes/saved');
    expect(visitor.page.address).toBe('/invoices');
  });

  it('tells programs that a set-up is due', async () => {
    const { email, password } = await site.account('Sam', 'support');
    const program = site.visitor();
    const answer = await program.asks('POST', '/login', { email, password });
    expect(answer.body).toEqual({
      status: 'enrol',
      challenge: { id: expect.any(String), kinds: [], expiresAt: expect.any(String) },
    });
    expect((await program.asks('GET', '/login/enrol')).body).toEqual({ kinds: ['totp', 'webauthn'] });
  });

  it('can be left by signing out', async () => {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Sam', 'support'));
    await visitor.presses('/login/cancel');
    expect(visitor.page.address).toBe('/login');
  });
});
