import { forEachDatabase } from '../support/databases/databases.js';
import { confirms, getsStarted, pending, owner, type Owner } from '../support/people/owner.js';
import type { AuthenticatorApp } from '../support/people/authenticator-app.js';
import { portal, type Portal } from '../support/portal/portal.js';

const room = '/account/security/two-factor';

forEachDatabase('several authenticator apps on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  /** Adds an app, as customers do: Security, Add another authenticator app, Get Started. */
  async function adds(ann: Owner, label: string): Promise<AuthenticatorApp> {
    const { visitor } = ann;
    await visitor.goes('/account/security');
    await visitor.goes(visitor.page.link('Add another authenticator app'));
    if (visitor.page.title === 'Confirm it’s you') await confirms(ann, visitor);
    const app = await getsStarted(site, visitor);
    const done = await visitor.submits({ code: app.code(), label });
    expect([done.title, done.all('[data-backup-code]')]).toEqual([`“${label}” is set up`, []]);
    expect(done.text).toContain('Your other ways to sign in keep working.');
    site.clock.passesSeconds(60);
    return app;
  }

  const factorsOf = async ({ visitor }: Owner) =>
    (await visitor.asks('GET', '/account/security')).body['factors'] as { id: string; label: string }[];

  async function answers({ person }: Owner, code: string): Promise<number> {
    const visitor = await pending(site, person);
    return (await visitor.asks('POST', '/login/challenge', { kind: 'totp', code })).status;
  }

  it('each sign in alone, and a used code of one is not used for the other', async () => {
    const ann = await owner(site, 'Ann');
    const tablet = await adds(ann, 'Tablet');
    expect((await factorsOf(ann)).map(({ label }) => label)).toEqual(['My phone', 'Tablet']);
    const [phones, tablets] = [ann.app.code(), tablet.code()];
    expect([await answers(ann, phones), await answers(ann, tablets)]).toEqual([200, 200]);
    expect([await answers(ann, phones), await answers(ann, tablets)]).toEqual([401, 401]);
  });

  it('count a wrong code once', async () => {
    const ann = await owner(site, 'Ann');
    await adds(ann, 'Tablet');
    const visitor = await pending(site, ann.person);
    const wrong = { kind: 'totp', code: ann.app.code(500) };
    for (let miss = 0; miss < 5; miss += 1)
      expect((await visitor.asks('POST', '/login/challenge', wrong)).status).toBe(401);
    expect(await answers(ann, ann.app.code())).toBe(429);
  });

  it('are separate: the removed one no longer signs in, the other does, and other sessions end', async () => {
    const ann = await owner(site, 'Ann');
    const tablet = await adds(ann, 'Tablet');
    const elsewhere = await pending(site, ann.person);
    await elsewhere.asks('POST', '/login/challenge', { kind: 'totp', code: tablet.code() });
    site.clock.passesSeconds(60);
    const [phone] = await factorsOf(ann);
    const { password } = ann.person;
    await ann.visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code: ann.app.code() });
    expect((await ann.visitor.asks('POST', `${room}/factors/${phone?.id}/remove`)).body).toEqual({
      enabled: true,
    });
    expect((await elsewhere.asks('GET', '/invoices')).status).toBe(401);
    site.clock.passesSeconds(60);
    expect([await answers(ann, ann.app.code()), await answers(ann, tablet.code())]).toEqual([401, 200]);
  });

  it('are replaced one by one: until the new one is proved the old one signs in', async () => {
    const ann = await owner(site, 'Ann');
    const tablet = await adds(ann, 'Tablet');
    const [, old] = await factorsOf(ann);
    const { password } = ann.person;
    await ann.visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code: ann.app.code() });
    await ann.visitor.goes(`${room}/totp?replaces=${old?.id}`);
    expect(ann.visitor.page.title).toBe('Set up two-factor again');
    expect(ann.visitor.page.text).toContain('“Tablet” keeps working until the new one is confirmed');
    const app = await getsStarted(site, ann.visitor);
    expect(ann.visitor.page.attribute('#label', 'value')).toBe('Tablet');
    expect(await answers(ann, tablet.code())).toBe(200);
    const done = await ann.visitor.submits({ code: app.code(), label: 'New tablet' });
    expect(done.text).toContain('“New tablet” replaces “Tablet”. “Tablet” no longer works.');
    site.clock.passesSeconds(60);
    expect((await factorsOf(ann)).map(({ label }) => label)).toEqual(['My phone', 'New tablet']);
    expect([await answers(ann, tablet.code()), await answers(ann, app.code())]).toEqual([401, 200]);
  });

  it('are five at most: then the page offers no more, and a sixth is refused', async () => {
    const ann = await owner(site, 'Ann');
    for (const label of ['2', '3', '4', '5']) await adds(ann, label);
    await ann.visitor.goes('/account/security');
    expect(ann.visitor.page.text).not.toContain('Add another authenticator app');
    await ann.visitor.asks('POST', '/account/confirm', {
      password: ann.person.password,
      kind: 'totp',
      code: ann.app.code(),
    });
    const { status, body } = await ann.visitor.asks('POST', `${room}/totp/setup`, {});
    expect([status, body['code']]).toEqual([409, 'CONFLICT']);
  });
});
