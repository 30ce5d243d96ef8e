import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import { codesTo } from '../support/people/mail-reader.js';
import { confirms, getsStarted, owner, scans } from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import type { Visitor } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';

const minute = 60_000;
const room = '/account/security/two-factor';

forEachDatabase('several tabs and several people on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { MAILED_CODES: 'on' } });
  });
  afterAll(() => site.close());

  /** On the page with "Get Started". */
  async function atIntro(kind = 'totp', person?: Person): Promise<{ visitor: Visitor; person: Person }> {
    const ann = person ?? (await site.account('Ann'));
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes(`${room}/${kind}`);
    return { visitor, person: ann };
  }

  const keyOn = (page: Page) => page.attribute('a[href^="otpauth:"]', 'href');
  const stateOf = async (visitor: Visitor) => (await visitor.asks('GET', '/account/security')).body;

  it('“Get Started” in a second tab, and pressed twice, shows the same key', async () => {
    const { visitor } = await atIntro();
    const [tab, late] = [visitor.twin(), visitor.twin()];
    const pages = await Promise.all([visitor, tab].map((each) => each.presses(`${room}/totp/setup`)));
    site.clock.advance(4 * minute);
    pages.push(await late.presses(`${room}/totp/setup`), await visitor.goes(`${room}/totp/setup`));
    const last = keyOn(pages[3]!);
    expect(pages.slice(1).map(keyOn)).toEqual([last, last, last]);
    const { body } = await visitor.asks('POST', `${room}/totp/setup`, {});
    expect((body['draft'] as { uri: string }).uri).toBe(last);
    expect((await tab.submits({ code: scans(site, pages[3]!).code() })).title).toBe(
      'Two-factor authentication is on',
    );
  });

  it('“Get Started” for codes by mail sends one mail, and the page offers another one later', async () => {
    const { visitor, person } = await atIntro('email-code');
    const [tab, late] = [visitor.twin(), visitor.twin()];
    await visitor.presses(`${room}/email-code/setup`);
    const twice = await tab.presses(`${room}/email-code/setup`);
    expect([twice.status, twice.address]).toEqual([200, `${room}/email-code/setup`]);
    site.clock.advance(2 * minute);
    expect((await late.presses(`${room}/email-code/setup`)).status).toBe(200);
    expect(await codesTo(site, person)).toHaveLength(1);
    await visitor.presses(`${room}/email-code/setup`);
    const codes = await codesTo(site, person);
    expect(codes).toHaveLength(2);
    expect((await visitor.submits({ code: codes[1]! })).title).toBe('Two-factor authentication is on');
  });

  it('a key that another tab replaced is named as such, and the page has the new one', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor } = ann;
    await visitor.goes(`${room}/totp`);
    await confirms(ann, visitor);
    const old = await getsStarted(site, visitor);
    const [{ id }] = (await stateOf(visitor))['factors'] as [{ id: string }];
    const tab = visitor.twin();
    site.clock.advance(31_000);
    await tab.goes(`${room}/totp?replaces=${id}`);
    await confirms(ann, tab);
    tab.cookies.copyTo(visitor.cookies);
    const fresh = await getsStarted(site, tab);
    const told = await visitor.submits({ code: old.code() });
    expect([told.status, keyOn(told)]).toEqual([409, keyOn(tab.page)]);
    expect(told.text).toContain('started again in another tab');
    expect((await visitor.submits({ code: fresh.code() })).title).toContain('is set up');
  });

  it('the tenth wrong code says why the set-up ended, and a new start has a new key', async () => {
    const { visitor } = await atIntro();
    const app = await getsStarted(site, visitor);
    const first = keyOn(visitor.page);
    const tab = visitor.twin();
    for (let miss = 0; miss < 9; miss += 1)
      expect((await visitor.submits({ code: app.code(500) })).status).toBe(401);
    for (const each of [visitor, tab]) {
      const ended = await each.submits({ code: app.code() === app.code(500) ? '000000' : app.code(500) });
      expect([ended.status, ended.title]).toEqual([409, 'Enable two-factor authentication']);
      expect(ended.text).toContain('Ten codes were wrong, so this set-up has ended.');
    }
    expect((await visitor.goes(`${room}/totp/setup`)).text).toContain('Ten codes were wrong');
    await visitor.presses(`${room}/totp/setup`);
    expect(keyOn(visitor.page)).not.toBe(first);
    expect((await stateOf(visitor))['enabled']).toBe(false);
  });

  it('a set-up that took too long says so', async () => {
    const { visitor } = await atIntro();
    const app = await getsStarted(site, visitor);
    site.clock.advance(15 * minute);
    const ended = await visitor.submits({ code: app.code() });
    expect([ended.status, ended.text]).toEqual([409, expect.stringContaining('no longer open')]);
  });

  /** Bob signs in, in the browser of Ann, while her page stays open in this tab. */
  async function comesBob(tab: Visitor): Promise<{ bob: Person; visitor: Visitor }> {
    const bob = await site.account('Bob');
    const visitor = site.visitor();
    await visitor.signsIn(bob);
    visitor.cookies.copyTo(tab.cookies);
    return { bob, visitor };
  }

  it('a page of Ann’s never acts for Bob: the answer says that Bob is signed in, and nothing changes', async () => {
    const ann = await owner(site, 'Ann');
    const [saving, turningOff] = [ann.visitor.twin(), ann.visitor.twin()];
    await turningOff.goes('/account/security');
    const { visitor: settingUp } = await atIntro();
    const app = await getsStarted(site, settingUp);
    for (const [tab, send] of [
      [saving, () => saving.presses(`${room}/backup-codes/saved`)],
      [turningOff, () => turningOff.presses(`${room}/disable`)],
      [settingUp, () => settingUp.submits({ code: app.code() })],
    ] as const) {
      const { bob, visitor } = await comesBob(tab);
      const refused = await send();
      expect([refused.status, refused.text]).toEqual([
        403,
        expect.stringContaining(`signed in as ${bob.email}`),
      ]);
      expect(await stateOf(visitor)).toEqual({ enabled: false, factors: [] });
    }
    expect((await stateOf(ann.visitor))['enabled']).toBe(true);
  });

  it('the pages of a set-up and the Security page say who is signed in', async () => {
    const { visitor, person } = await atIntro();
    const says = expect.stringContaining(`You are signed in as ${person.email}.`);
    expect(visitor.page.text).toEqual(says);
    const app = await getsStarted(site, visitor);
    expect(visitor.page.text).toEqual(says);
    expect((await visitor.submits({ code: app.code() })).text).toEqual(says);
    expect((await visitor.goes('/account/security')).text).toEqual(says);
  });

  it('a program that names its set-up does not prove one of another account', async () => {
    const [ann, bob] = [await atIntro(), await atIntro()];
    const started = await ann.visitor.asks('POST', `${room}/totp/setup`, {});
    await bob.visitor.asks('POST', `${room}/totp/setup`, {});
    const { id } = started.body['draft'] as { id: string };
    const answer = await bob.visitor.asks('POST', `${room}/totp/confirm`, { code: '123456', draft: id });
    expect([answer.status, answer.body['code']]).toEqual([409, 'CONFLICT']);
    const openedFor = ann.visitor.page.attribute('[name=openedFor]', 'value');
    const other = await bob.visitor.asks('POST', `${room}/totp/setup`, { openedFor });
    expect([other.status, other.body['detail']]).toEqual([409, expect.stringContaining(bob.person.email)]);
  });
});
