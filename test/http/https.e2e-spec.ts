import { portal, type Portal } from '../support/portal/portal.js';
import { addressOf, routesOf } from '../support/portal/routes.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ env: { PUBLIC_URL: 'https://portal.example' } });
});
afterAll(() => site.close());

describe('behind https', () => {
  it('every cookie is bound to this host and to https, whatever the proxy says', async () => {
    const { email, password } = await site.account('Ann');
    const body = JSON.stringify({ email, password });
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const page = await site.visitor().sends('/login', { headers: { Accept: 'text/html' } });
    const signIn = await site.visitor().sends('/login', { method: 'POST', headers, body });
    const cookies = [...page.headers.getSetCookie(), ...signIn.headers.getSetCookie()];
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-portal-visitor', '__Host-portal']);
    for (const cookie of cookies) expect(faultsOf(cookie)).toEqual([]);
  });

  it('no route sets another kind of cookie, and each says to stay on https', async () => {
    const { email, password } = await site.account('Ann');
    const customer = site.visitor();
    const program = { 'Content-Type': 'application/json', Accept: 'application/json' };
    let set = 0;
    for (const { method, path } of routesOf(site).filter((each) => each.path !== '/logout')) {
      const body = method === 'GET' ? {} : { body: '{}' };
      for (const visitor of [site.visitor(), customer]) {
        if (visitor === customer) await customer.asks('POST', '/login', { email, password });
        const sent = { ...body, method, headers: { ...program, Accept: 'text/html' } };
        const { headers } = await visitor.sends(addressOf({ method, path }, 'x'), sent);
        const cookies = headers.getSetCookie();
        set += cookies.length;
        expect([path, cookies.flatMap(faultsOf)]).toEqual([path, []]);
        expect([path, headers.get('strict-transport-security')]).toEqual([
          path,
          expect.stringContaining('31536000'),
        ]);
      }
    }
    expect(set).toBeGreaterThan(5);
  });

  it('browsers are told to stay on it', async () => {
    const { headers } = await site.visitor().sends('/login', {});
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  });
});

/** The missing attributes of a cookie for this host alone (RFC 6265bis §4.1.3.2, ASVS 3.3). */
function faultsOf(cookie: string): string[] {
  const musts = [/^__Host-/, /; Path=\/(;|$)/, /; Secure/, /; HttpOnly/, /; SameSite=Lax/];
  const faults = musts.filter((must) => !must.test(cookie)).map(String);
  return /Domain=|Max-Age/i.test(cookie) ? [...faults, cookie] : faults;
}
