import { portal, type Portal } from './support/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [], env: { PUBLIC_URL: 'https://portal.example' } });
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
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).toContain('; Secure');
      expect(cookie).toContain('; HttpOnly');
      expect(cookie).toContain('; SameSite=Lax');
      expect(cookie).not.toMatch(/Domain|Expires|Max-Age/i);
    }
  });

  it('browsers are told to stay on it', async () => {
    const { headers } = await site.visitor().sends('/login', {});
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  });
});
