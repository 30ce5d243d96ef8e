import { portal, type Portal } from '../support/portal/portal.js';

describe('the addresses that programs know by name', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ env: { SECURITY_CONTACT: 'security@portal.example' } });
  });
  afterAll(() => site.close());

  const asks = (path: string, house = site) => fetch(house.url + path, { redirect: 'manual' });

  it('lead a password manager to the page of the password', async () => {
    const answer = await asks('/.well-known/change-password');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/account/password']);
  });

  it('tell where a passkey is set up and managed', async () => {
    const answer = await asks('/.well-known/passkey-endpoints');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const { publicUrl } = site.config;
    expect(await answer.json()).toEqual({
      enroll: `${publicUrl}/account/security/two-factor/webauthn`,
      manage: `${publicUrl}/account/security`,
    });
  });

  it('tell where a security problem is reported, and until when that is valid', async () => {
    const answer = await asks('/.well-known/security.txt');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await answer.text();
    expect(text).toContain('Contact: mailto:security@portal.example\n');
    expect(text).toContain(`Canonical: ${site.config.publicUrl}/.well-known/security.txt\n`);
    const until = Date.parse(/^Expires: (\S+)$/m.exec(text)?.[1] ?? '');
    expect(until - site.clock.now()).toBe(180 * 86_400_000);
  });

  it('have the icon of the pages', async () => {
    const answer = await asks('/favicon.ico');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await answer.text()).toContain('<svg');
  });

  it('are not there without a contact, without passkeys or without the module that has them', async () => {
    const without = await portal({ env: { PASSKEYS: 'off', PUBLIC_URL: 'http://192.0.2.7:3000' } });
    const bare = await portal({ modules: [] });
    try {
      expect((await asks('/.well-known/security.txt', without)).status).toBe(404);
      for (const house of [without, bare])
        expect((await asks('/.well-known/passkey-endpoints', house)).status).toBe(404);
      expect((await asks('/.well-known/change-password', bare)).status).toBe(302);
    } finally {
      await bare.close();
      await without.close();
    }
  });
});
