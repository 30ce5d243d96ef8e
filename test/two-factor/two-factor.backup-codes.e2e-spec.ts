import { forEachDatabase } from '../support/databases/databases.js';
import { codesOn, confirms, getsStarted, pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const codesPage = '/account/security/two-factor/backup-codes';

forEachDatabase('backup codes on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it('sign in a person who lost the phone, and lead directly to a new set-up', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person, '/invoices');
    await visitor.goes(visitor.page.link('Use a backup code'));
    await visitor.submits({ code: ann.codes[0]!.toLowerCase().replaceAll('-', ' ') });
    expect(visitor.page.title).toBe('You used a backup code');
    expect(visitor.page.text).toContain('9 left.');
    expect(visitor.page.link('Continue')).toBe('/invoices');
    await visitor.goes(visitor.page.link('Set up two-factor again'));
    const newApp = await getsStarted(site, visitor);
    const stillOld = await pending(site, ann.person);
    expect((await stillOld.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(200);
    await visitor.submits({ code: newApp.code() });
    expect(visitor.page.text).toContain('Your backup codes stay valid.');
    site.clock.advance(30_000);
    const later = await pending(site, ann.person);
    expect((await later.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(401);
    expect((await later.asks('POST', '/login/challenge', { code: newApp.code() })).status).toBe(200);
    expect((await stillOld.asks('GET', '/invoices')).status).toBe(401);
  });

  it('cannot be used twice, in whatever spelling', async () => {
    const ann = await owner(site, 'Ann');
    const code = ann.codes[0]!;
    const first = await pending(site, ann.person);
    await first.asks('POST', '/login/challenge', { kind: 'backup-codes', code });
    for (const spelling of [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ''),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]) {
      const again = await pending(site, ann.person);
      const answer = await again.asks('POST', '/login/challenge', { kind: 'backup-codes', code: spelling });
      expect([spelling, answer.status, answer.body['reason']]).toEqual([spelling, 401, 'used']);
      expect((await again.asks('GET', '/')).status).toBe(401);
    }
  });

  it('are recognised in the field of the security code, and the other way round', async () => {
    const ann = await owner(site, 'Ann');
    const one = await pending(site, ann.person);
    await one.submits({ code: ann.codes[0]! });
    expect(one.page.title).toBe('You used a backup code');
    const other = await pending(site, ann.person);
    await other.goes('/login/challenge?kind=backup-codes');
    await other.submits({ code: ann.app.code() });
    expect(other.page.address).toBe('/');
  });

  it('are good for one replacing set-up within ten minutes, and for nothing else', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code: ann.codes[0] });
    for (const path of [codesPage, '/account/security/two-factor/disable', '/account/password'])
      expect([path, (await visitor.asks('POST', path, {})).body['code']]).toEqual([path, 'STEP_UP_REQUIRED']);
    expect((await visitor.asks('POST', '/account/security/two-factor/totp/setup', {})).status).toBe(200);
    site.clock.passesMinutes(10);
    expect((await visitor.asks('POST', '/account/security/two-factor/totp/setup', {})).body['code']).toBe(
      'STEP_UP_REQUIRED',
    );
  });

  it('end a sign-in after five wrong ones, and never make the owner wait', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    const wrong = { kind: 'backup-codes', code: '0000-0000-0000-0000' };
    for (let round = 0; round < 5; round += 1)
      expect((await visitor.asks('POST', '/login/challenge', wrong)).status).toBe(401);
    const { status, body } = await visitor.asks('POST', '/login/challenge', { ...wrong, code: ann.codes[0] });
    expect([status, body['code']]).toEqual([401, 'NOT_SIGNED_IN']);
    const next = await pending(site, ann.person);
    expect((await next.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(200);
  });

  it('are created again after a step-up, void the old ones and end other sessions', async () => {
    const ann = await owner(site, 'Ann');
    const elsewhere = await pending(site, ann.person);
    await elsewhere.asks('POST', '/login/challenge', { code: ann.app.code() });
    site.clock.advance(30_000);
    await ann.visitor.presses(`${codesPage}/saved`);
    await ann.visitor.goes(ann.visitor.page.link('Make new codes'));
    expect(ann.visitor.page.title).toBe('Confirm it’s you');
    await confirms(ann, ann.visitor);
    const fresh = codesOn(await ann.visitor.presses(codesPage));
    expect(fresh).toHaveLength(10);
    expect(fresh.filter((code) => ann.codes.includes(code))).toEqual([]);
    expect((await elsewhere.asks('GET', '/')).status).toBe(401);
    const visitor = await pending(site, ann.person);
    expect(
      (await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code: ann.codes[3] })).status,
    ).toBe(401);
    expect(
      (await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code: fresh[3] })).body,
    ).toEqual({
      status: 'signed-in',
      backupCodesLeft: 9,
    });
  });

  it('cause a mail when one is used, and a reminder when few are left', async () => {
    const ann = await owner(site, 'Ann');
    for (const code of ann.codes) {
      const visitor = await pending(site, ann.person);
      await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code });
    }
    await site.settled();
    const subjects = (await site.inbox.of(ann.person.email)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'A backup code was used')).toHaveLength(10);
    const mails = (await site.inbox.of(ann.person.email)).map(({ source }) => source).join();
    for (const code of ann.codes) expect(mails).not.toContain(code);
    const status = await ann.visitor.asks('GET', '/account/security');
    expect(status.body['backupCodesLeft']).toBe(0);
  });
});
