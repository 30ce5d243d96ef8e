import { AuthenticatorApp } from '../support/people/authenticator-app.js';
import { GateFlags } from '../../src/auth/gates/gate-flags.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { codesOn, confirms, getsStarted, pending, owner, scans } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const room = '/account/security/two-factor';

forEachDatabase('enabling two-factor on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it('follows the known steps: Security, Click here to Enable, Get Started, Verification Step, backup codes', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes(visitor.page.link('Security'));
    await visitor.goes(visitor.page.link('Click here to Enable'));
    expect(visitor.page.text).toContain('adds an extra layer of protection to logins');
    const app = await getsStarted(site, visitor);
    expect(visitor.page.text).toContain('Verification Step');
    const done = await visitor.submits({ code: app.code(), label: 'Ann’s phone' });
    expect(done.text).toContain('You have successfully enabled two-factor authentication');
    expect(done.headers.get('cache-control')).toBe('no-store');
    const codes = codesOn(done);
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    await visitor.presses(`${room}/backup-codes/saved`);
    expect(visitor.page.text).toContain('Ann’s phone');
    expect(visitor.page.text).toContain('10 of 10 backup codes left');
    await site.settled();
    const mails = await site.inbox.of(ann.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Two-factor authentication is on']);
  });

  it.each(['%00', 'nonsense', '__proto__'])('of a kind that does not exist is refused: %s', async (kind) => {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Ann'));
    const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' };
    for (const Accept of ['text/html', 'application/json']) {
      const sent = { method: 'POST', body: '{}', headers: { ...headers, Accept } };
      expect((await visitor.sends(`${room}/${kind}/confirm`, sent)).status).toBe(404);
    }
  });

  it('never leads to another site at its end, whatever the way back says', async () => {
    for (const returnTo of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
    ]) {
      const visitor = site.visitor();
      await visitor.signsIn(await site.account('Ann'));
      await visitor.goes(`/account/security?${new URLSearchParams({ returnTo }).toString()}`);
      await visitor.goes(visitor.page.link('Click here to Enable'));
      expect(visitor.page.link('Not now')).toBe('/');
      const app = await getsStarted(site, visitor);
      await visitor.submits({ code: app.code() });
      await visitor.presses(`${room}/backup-codes/saved`);
      expect([returnTo, visitor.page.address]).toEqual([returnTo, '/']);
    }
  });

  it('turns nothing on before a code of the new secret was right', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes(`${room}/totp`);
    const app = await getsStarted(site, visitor);
    const wrong = await visitor.submits({ code: app.code(100), label: 'My phone' });
    expect([wrong.status, wrong.attribute('#label', 'value')]).toEqual([401, 'My phone']);
    for (const code of ['12', '', '1'.repeat(65), '1'.repeat(500)]) {
      const malformed = await visitor.submits({ code });
      expect([code, malformed.status, malformed.title]).toEqual([code, 400, wrong.title]);
    }
    expect((await visitor.asks('GET', '/account/security')).body['enabled']).toBe(false);
    expect(await site.app.get(GateFlags).raised(ann.id)).toEqual([]);
    await site.visitor().signsIn(ann);
    const reload = await visitor.goes(`${room}/totp/setup`);
    expect(scans(site, reload).code()).toBe(app.code());
    await visitor.submits({ code: app.code() });
    expect((await visitor.asks('GET', '/account/security')).body['enabled']).toBe(true);
    expect(await site.app.get(GateFlags).raised(ann.id)).toEqual(['two-factor']);
  });

  it('ends the other sessions, and the code that confirmed does not sign in', async () => {
    const ann = await site.account('Ann');
    const elsewhere = site.visitor();
    await elsewhere.signsIn(ann);
    const { app, visitor } = await owner(site, 'Ann', { person: ann });
    expect((await elsewhere.asks('GET', '/')).status).toBe(401);
    expect((await visitor.asks('GET', '/')).status).toBe(200);
    const next = await pending(site, ann);
    expect((await next.asks('POST', '/login/challenge', { code: app.code(-1) })).body['reason']).toBe('used');
  });

  it('asks for the password once the sign-in is more than five minutes old', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    site.clock.passesMinutes(5);
    await visitor.goes(`${room}/totp`);
    const confirm = `/account/confirm?returnTo=${encodeURIComponent(`${room}/totp`)}&act=factor.add`;
    expect(visitor.page.address).toContain(confirm);
    await visitor.submits({ password: 'not the password' });
    expect(visitor.page.status).toBe(401);
    await visitor.submits({ password: ann.password });
    expect(visitor.page.address).toBe(`${room}/totp`);
  });

  it('answers programs with the secret once, and keeps it out of everything afterwards', async () => {
    const ann = await site.account('Ann');
    const program = site.visitor();
    await program.signsIn(ann);
    const setup = await program.asks('POST', `${room}/totp/setup`, {});
    const { secret, uri, expiresAt } = (setup.body as { draft: Record<string, string> }).draft;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(
      `otpauth://totp/Client%20Area:${encodeURIComponent(ann.email)}?secret=${secret}&issuer=Client%20Area`,
    );
    expect(expiresAt).toMatch(/Z$/);
    expect((await program.asks('GET', `${room}/totp/setup`)).body).toEqual(setup.body);
    const app = scansKey(site, secret!);
    const done = await program.asks('POST', `${room}/totp/confirm`, { code: app.code(), label: 'Key' });
    expect(done.body).toEqual({
      status: 'enabled',
      factor: { id: expect.any(String), kind: 'totp', label: 'Key' },
      backupCodes: expect.arrayContaining([expect.stringMatching(/^.{4}-.{4}-.{4}-.{4}$/)]),
    });
    expect((await program.asks('GET', `${room}/totp/setup`)).status).toBeGreaterThanOrEqual(400);
    const status = await program.asks('GET', '/account/security');
    expect(status.body).toEqual({
      enabled: true,
      factors: [{ ...(done.body['factor'] as object), createdAt: expect.any(String), lastUsedAt: null }],
      backupCodesLeft: 10,
    });
    const dump = JSON.stringify(await site.database.query('SELECT * FROM two_factor_factors'));
    for (const hidden of [secret, ...(done.body['backupCodes'] as string[])])
      expect(dump).not.toContain(hidden);
  });

  it('is undone only after password and factor, ends other sessions, and clears the flag', async () => {
    const ann = await owner(site, 'Ann');
    const elsewhere = await pending(site, ann.person);
    await elsewhere.asks('POST', '/login/challenge', { code: ann.app.code() });
    site.clock.advance(30_000);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(`${room}/disable`);
    expect(ann.visitor.page.title).toBe('Confirm it’s you');
    await confirms(ann, ann.visitor);
    expect(ann.visitor.page.address).toBe('/account/security?done=disabled');
    expect(ann.visitor.page.text).toContain('Two-factor authentication is off.');
    expect((await elsewhere.asks('GET', '/')).status).toBe(401);
    await site.settled();
    expect(await site.app.get(GateFlags).raised(ann.person.id)).toEqual([]);
    const again = site.visitor();
    expect((await again.signsIn(ann.person)).address).toBe('/');
    const status = await again.asks('GET', '/account/security');
    expect(status.body).toEqual({ enabled: false, factors: [] });
  });

  it('renames one’s own factor without a step-up, and no other’s', async () => {
    const [ann, eve] = [await owner(site, 'Ann'), await owner(site, 'Eve')];
    const status = await ann.visitor.asks('GET', '/account/security');
    const [{ id }] = status.body['factors'] as [{ id: string }];
    const path = `${room}/factors/${id}/rename`;
    expect((await eve.visitor.asks('POST', path, { label: 'Mine now' })).status).toBe(404);
    for (const label of ['', '   ', 'a'.repeat(65), 'a\u0000b', 5, ['x']])
      expect([label, (await ann.visitor.asks('POST', path, { label })).status]).toEqual([label, 400]);
    const renamed = await ann.visitor.asks('POST', path, { label: '<b>Tablet</b>' });
    expect(renamed.body).toEqual({ factor: { id, kind: 'totp', label: '<b>Tablet</b>' } });
    expect((await ann.visitor.goes('/account/security')).html).not.toContain('<b>Tablet');
  });
});

function scansKey(site: Portal, secret: string) {
  return AuthenticatorApp.types(secret, site.clock);
}
