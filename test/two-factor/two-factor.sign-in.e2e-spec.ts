import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabase('signing in with a second factor on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it('asks for the security code after the password, and then leads to the page that was wanted', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person, '/invoices');
    expect(visitor.page.address).toBe('/login/challenge');
    expect(visitor.page.text).toContain('Security code');
    expect(visitor.page.html).not.toContain(ann.person.email);
    await visitor.submits({ code: ann.app.code() });
    expect(visitor.page.address).toBe('/invoices');
  });

  it('opens nothing to the password alone', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    for (const path of [
      '/',
      '/invoices',
      '/account/security',
      '/account/password',
      '/account/sessions',
      '/staff/audit',
      '/account/confirm',
      '/INVOICES',
      '/invoices/',
      '/login/enrol',
      '/login/enrol/totp/setup',
    ]) {
      const page = await visitor.goes(path);
      expect([path, page.address, page.text.includes('INV-')]).toEqual([
        path,
        expect.stringMatching(/^\/login\/challenge$|^\/\/?invoices/i),
        false,
      ]);
      const json = await visitor.asks('GET', path);
      expect([path, json.status]).toEqual([path, expect.any(Number)]);
      expect(json.status).toBeGreaterThanOrEqual(401);
    }
    for (const path of [
      '/logout',
      '/account/security/two-factor/disable',
      '/account/security/two-factor/totp/setup',
      '/account/security/two-factor/backup-codes',
      '/account/password',
    ])
      expect([path, (await visitor.asks('POST', path, {})).status]).toEqual([path, 401]);
  });

  it('gives a new session id at the password and at the proof, and none of the old ones works', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    const before = visitor.twin();
    const first = visitor.cookies.get('portal');
    await visitor.submits({ code: ann.app.code() });
    expect(visitor.cookies.get('portal')).not.toBe(first);
    expect((await before.goes('/')).address).toBe('/login');
    expect((await visitor.goes('/')).address).toBe('/');
  });

  it('takes a code with spaces and leading zeros as it is, and refuses everything malformed without counting it', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５', '1'.repeat(65)]) {
      await visitor.submits({ code });
      expect([code, visitor.page.status, visitor.page.address]).toEqual([code, 400, '/login/challenge']);
    }
    for (const code of [123456, ['123456'], { $ne: '' }, true, null])
      expect((await visitor.asks('POST', '/login/challenge', { code })).status).toBe(400);
    for (const kind of ['nonsense', '', 'constructor', '__proto__'])
      expect([kind, (await visitor.asks('POST', '/login/challenge', { kind, code: '1' })).status]).toEqual([
        kind,
        400,
      ]);
    await visitor.goes('/login/challenge');
    await visitor.submits({ code: ann.app.code().replace(/^(...)/, ' $1 - ') });
    expect(visitor.page.address).toBe('/');
  });

  it('refuses a code that was used, at the login and before it at the set-up', async () => {
    const ann = await owner(site, 'Ann');
    const [first, second] = [await pending(site, ann.person), await pending(site, ann.person)];
    await first.submits({ code: ann.app.code() });
    const again = await second.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code() });
    expect([again.status, again.body['code'], again.body['reason']]).toEqual([401, 'PROOF_REFUSED', 'used']);
    const setUp = await second.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code(-1) });
    expect([setUp.status, setUp.body['reason']]).toEqual([401, 'used']);
    site.clock.advance(30_000);
    expect((await second.asks('POST', '/login/challenge', { code: ann.app.code() })).body).toEqual({
      status: 'signed-in',
    });
  });

  it('says what a program must do next, and with which kinds', async () => {
    const ann = await owner(site, 'Ann');
    const program = site.visitor();
    const { email, password } = ann.person;
    const answer = await program.asks('POST', '/login', { email, password });
    expect(answer.body).toEqual({
      status: 'challenge',
      challenge: {
        id: expect.any(String),
        kinds: ['totp', 'backup-codes'],
        expiresAt: new Date(site.clock.now() + 10 * 60_000).toISOString(),
      },
    });
    expect(
      (await program.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code() })).body,
    ).toEqual({ status: 'signed-in' });
    expect((await program.asks('GET', '/invoices')).status).toBe(200);
  });

  it('makes the account wait after five failures, for the right code too, and accepts a backup code', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    const miss = () => visitor.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code(200) });
    for (let round = 0; round < 5; round += 1) expect((await miss()).status).toBe(401);
    expect((await visitor.asks('GET', '/login/challenge')).status).toBe(401);
    const next = await pending(site, ann.person);
    const wrong = await next.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code(200) });
    const right = await next.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code() });
    expect([right.status, right.body, right.headers.get('retry-after')]).toEqual([
      429,
      wrong.body,
      wrong.headers.get('retry-after'),
    ]);
    expect(right.headers.get('retry-after')).toBe('60');
    const [code] = ann.codes;
    const answer = await next.asks('POST', '/login/challenge', { kind: 'backup-codes', code });
    expect(answer.body).toEqual({ status: 'signed-in', backupCodesLeft: 9 });
  });

  it('is void once anything of the account has changed', async () => {
    const ann = await owner(site, 'Ann');
    const waiting = await pending(site, ann.person);
    await ann.visitor.goes('/account/password');
    await ann.visitor.submits({ password: ann.person.password, code: ann.app.code() });
    await ann.visitor.submits({ newPassword: 'another horse altogether' });
    site.clock.advance(30_000);
    const answer = await waiting.asks('POST', '/login/challenge', { code: ann.app.code() });
    expect(answer.status).toBe(401);
    expect((await waiting.goes('/invoices')).address).toMatch(/^\/login/);
  });

  it('ends after ten minutes, and can be given up before', async () => {
    const ann = await owner(site, 'Ann');
    const late = await pending(site, ann.person);
    site.clock.passesMinutes(10);
    expect((await late.goes('/login/challenge')).address).toMatch(/^\/login(\?|$)/);
    const undecided = await pending(site, ann.person);
    await undecided.presses('/login/cancel');
    expect(undecided.page.address).toBe('/login');
    expect((await undecided.goes('/login/challenge')).address).toMatch(/^\/login(\?|$)/);
  });

  it('has one audit entry for each step, without codes', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    await visitor.asks('POST', '/login/challenge', { code: ann.app.code(200) });
    const code = ann.app.code();
    await visitor.asks('POST', '/login/challenge', { code });
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id });
    const names = entries.map(({ name }) => name).sort();
    expect(names).toEqual([
      'login.succeeded',
      'login.succeeded',
      'two-factor.backup-codes.issued',
      'two-factor.challenge.failed',
      'two-factor.challenge.passed',
      'two-factor.challenge.required',
      'two-factor.enabled',
      'two-factor.factor.enrolled',
    ]);
    const text = JSON.stringify(entries);
    for (const secret of [code, ...ann.codes]) expect(text).not.toContain(secret);
  });
});
