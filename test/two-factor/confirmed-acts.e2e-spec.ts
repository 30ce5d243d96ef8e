import { randomUUID } from 'node:crypto';
import type { NewDomain } from '../../src/billing/services/service.js';
import { Services } from '../../src/billing/services/services.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { confirms, getsStarted, owner, type Owner } from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import { portal, type Portal } from '../support/portal/portal.js';

const room = '/account/security/two-factor';
const epp = 'Kx7-pQ2v$mR9';

forEachDatabase('a dangerous click on', (database) => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ database });
  });
  afterAll(() => house.close());

  /** An owner whose sign-in was long ago. */
  async function later(name: string): Promise<Owner> {
    const ann = await owner(house, name);
    house.clock.passesMinutes(6);
    return ann;
  }

  /** A second app, so that one can be removed. Returns its id. */
  async function tablet(ann: Owner): Promise<string> {
    await ann.visitor.goes(`${room}/totp`);
    await confirms(ann, ann.visitor);
    const app = await getsStarted(house, ann.visitor);
    await ann.visitor.submits({ code: app.code(), label: 'Tablet' });
    const { body } = await ann.visitor.asks('GET', '/account/security');
    const factors = body['factors'] as { id: string; label: string }[];
    house.clock.passesMinutes(6);
    return factors.find(({ label }) => label === 'Tablet')?.id ?? '';
  }

  async function domain(ann: Owner): Promise<string> {
    const [id, now] = [randomUUID(), house.clock.now()];
    const price = { cents: 1590, currency: 'EUR', cycle: 'yearly', status: 'active' } as const;
    const facts = { kind: 'domain', label: 'ann.example', registrarLock: false, eppCode: epp } as const;
    const own: NewDomain = { ...price, ...facts, id, startedAt: now, dueAt: now, expiresAt: now };
    await house.app.get(Services).add(ann.person.id, [own]);
    return `/services/${id}`;
  }

  const factorsOf = async ({ visitor }: Owner) => {
    const { body } = await visitor.asks('GET', '/account/security');
    return (body['factors'] as { label: string }[]).map(({ label }) => label);
  };
  const announced = (page: Page) => [page.title, page.all('[data-act]')];
  const remove = (id: string) => `${room}/factors/${id}/remove`;

  it('is named before it happens, and has happened after the proof', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    const page = await ann.visitor.presses(remove(id));
    expect(announced(page)).toEqual(['Confirm it’s you', ['Remove the authenticator app “Tablet”']]);
    expect(await factorsOf(ann)).toEqual(['My phone', 'Tablet']);
    const done = await confirms(ann, ann.visitor);
    expect(done.address).toBe('/account/security?done=removed');
    expect(ann.visitor.steps).toEqual(['/account/confirm', '/account/security?done=removed']);
    expect(await factorsOf(ann)).toEqual(['My phone']);
  });

  it('shows its result: an EPP code, a mailed link', async () => {
    const ann = await later('Ann');
    const service = await domain(ann);
    await ann.visitor.goes(service);
    await ann.visitor.presses(`${service}/epp-code`);
    expect(announced(ann.visitor.page)[1]).toEqual(['Show the EPP code of ann.example']);
    expect((await confirms(ann, ann.visitor)).all('[data-epp-code]')).toEqual([epp]);

    house.clock.passesMinutes(1);
    await ann.visitor.goes('/account/email');
    expect(announced(ann.visitor.page)[1]).toEqual(['Change your e-mail address']);
    expect((await confirms(ann, ann.visitor)).address).toBe('/account/email');
    house.clock.passesMinutes(6);
    await ann.visitor.submits({ email: 'new@example.com' });
    expect(announced(ann.visitor.page)[1]).toEqual(['Change your e-mail address']);
    expect((await confirms(ann, ann.visitor)).address).toBe('/account/email?sent=1');
  });

  it('keeps a new password sealed, and sets exactly this one', async () => {
    const ann = await later('Ann');
    await ann.visitor.goes('/account/password');
    await confirms(ann, ann.visitor);
    house.clock.passesMinutes(6);
    await ann.visitor.submits({ newPassword: 'a brand new password' });
    expect(announced(ann.visitor.page)[1]).toEqual(['Change your password']);
    const rows: unknown = await house.database.query('SELECT * FROM two_factor_tokens');
    const said = JSON.stringify([rows, ann.visitor.page.html, ann.visitor.steps]);
    expect([said.includes('password.change'), said.includes('a brand new password')]).toEqual([true, false]);
    expect((await confirms(ann, ann.visitor)).address).toContain('?done=password-changed');
    house.clock.advance(1); // a sign-in of this moment is void
    const fresh = { ...ann.person, password: 'a brand new password' };
    expect((await house.visitor().signsIn(fresh)).address).toBe('/login/challenge');
  });

  it('a wrong code marks its field, and does not ask for the password again', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(remove(id));
    const wrong = await confirms(ann, ann.visitor, ann.app.code(500));
    expect([wrong.status, announced(wrong)[1]]).toEqual([401, ['Remove the authenticator app “Tablet”']]);
    expect(wrong.all('[type=password]:not([hidden])')).toEqual([]);
    expect(wrong.html).toMatch(/<input[^>]*id="code"[^>]*autofocus[^>]*aria-invalid="true"/);
    expect(wrong.all('[role=alert]')).toEqual([expect.stringContaining('That code is not right')]);
    const done = await ann.visitor.submits({ code: ann.app.code() });
    expect([done.address, await factorsOf(ann)]).toEqual(['/account/security?done=removed', ['My phone']]);
  });

  it('a wrong password is asked again, and opens nothing', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(remove(id));
    const wrong = await ann.visitor.submits({ password: 'not this one', code: ann.app.code() });
    expect([wrong.status, wrong.html.includes('id="password-error"')]).toEqual([401, true]);
    expect(wrong.html).toMatch(/id="password"[^>]*autofocus/);
    expect((await ann.visitor.goes('/account/security')).text).toContain('Tablet');
  });

  it('the proof for one opens no other, and not the same with another parameter', async () => {
    const ann = await later('Ann');
    const [first, second] = [await domain(ann), await domain(ann)];
    await ann.visitor.goes(first);
    await ann.visitor.presses(`${first}/epp-code`);
    await confirms(ann, ann.visitor);
    await ann.visitor.goes(first);
    expect((await ann.visitor.presses(`${first}/epp-code`)).all('[data-epp-code]')).toEqual([epp]);
    for (const [path, body] of [
      [`${second}/epp-code`, undefined],
      ['/account/password', { newPassword: 'a brand new password' }],
      [`${room}/disable`, undefined],
      [`${room}/backup-codes`, undefined],
      [`${room}/totp/setup`, {}],
    ] as const) {
      const refused = await ann.visitor.asks('POST', path, body);
      expect([path, refused.status, refused.body['code']]).toEqual([path, 403, 'STEP_UP_REQUIRED']);
    }
  });

  it('happens once: the page of a confirmation that was used says that nothing was done', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(remove(id));
    const twin = ann.visitor.twin();
    await confirms(ann, ann.visitor);
    ann.visitor.cookies.copyTo(twin.cookies);
    house.clock.advance(30_000);
    const again = await confirms(ann, twin);
    expect([again.status, again.all('[role=alert]')[0]]).toEqual([
      409,
      expect.stringContaining('Nothing was done just now'),
    ]);
    expect(again.link('Go back')).toBe('/account/security');
    expect(await factorsOf(ann)).toEqual(['My phone']);
  });

  it('the same one, confirmed in two tabs, happens once, and the slower tab is told that it is gone', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    const twin = ann.visitor.twin();
    for (const tab of [ann.visitor, twin]) await tab.presses(remove(id));
    await confirms(ann, ann.visitor);
    ann.visitor.cookies.copyTo(twin.cookies);
    house.clock.advance(30_000);
    const slower = await confirms(ann, twin);
    expect([slower.status, await factorsOf({ ...ann, visitor: twin })]).toEqual([404, ['My phone']]);
    await house.settled();
    const events = await house.database.query<{ name: string }[]>(
      `SELECT name FROM audit_entries WHERE account_id = '${ann.person.id}' AND name = 'two-factor.factor.removed'`,
    );
    expect(events).toHaveLength(1);
  });

  it('waits for ten minutes, for nobody else, and for no other session', async () => {
    const [ann, bob] = [await later('Ann'), await later('Bob')];
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    const page = await ann.visitor.presses(remove(id));
    const confirm = page.address;
    expect((await bob.visitor.goes(confirm)).status).toBe(409);
    const there = house.visitor();
    await there.signsIn(ann.person);
    await there.submits({ code: ann.app.code() });
    expect((await there.goes(confirm)).status).toBe(409);
    await ann.visitor.goes(confirm);
    house.clock.passesMinutes(10);
    const late = await confirms(ann, ann.visitor);
    expect([late.status, await factorsOf(ann)]).toEqual([409, ['My phone', 'Tablet']]);
  });

  it('cannot be forged: what is sent with the confirmation changes nothing of what was posted', async () => {
    const ann = await later('Ann');
    const id = await tablet(ann);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(remove(id));
    const { values } = ann.visitor.page.form(['password', 'code']);
    values.set('password', ann.person.password);
    values.set('code', ann.app.code());
    values.set('returnTo', `${room}/disable`);
    const headers = { Accept: 'text/html', Origin: house.url, 'Sec-Fetch-Site': 'same-origin' };
    const more = new URLSearchParams(values);
    more.set('url', `${room}/disable`);
    expect(
      (await ann.visitor.sends('/account/confirm', { method: 'POST', headers, body: more })).status,
    ).toBe(400);
    const cross = { ...headers, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    const sent = { method: 'POST', headers: cross, body: values };
    expect((await ann.visitor.sends('/account/confirm', sent)).status).toBe(403);
    const answer = await ann.visitor.sends('/account/confirm', { method: 'POST', headers, body: values });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/security?done=removed']);
    expect(await factorsOf(ann)).toEqual(['My phone']);
  });
});

describe('the confirmation of an action', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  it('is done by a program with `act`, and then its request opens, and no other', async () => {
    const { visitor, person, app } = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    const refused = await visitor.asks('POST', '/account/password', { newPassword: 'a brand new password' });
    const { act, code } = refused.body;
    expect([refused.status, code, act]).toEqual([
      403,
      'STEP_UP_REQUIRED',
      expect.stringMatching(/^password\.change:/),
    ]);
    const given = { password: person.password, kind: 'totp', code: app.code(), act };
    const confirmed = await visitor.asks('POST', '/account/confirm', given);
    expect([confirmed.status, Object.keys(confirmed.body)]).toEqual([200, ['freshUntil']]);
    expect((await visitor.asks('POST', `${room}/disable`)).status).toBe(403);
    const again = await visitor.asks('POST', '/account/password', { newPassword: 'a brand new password' });
    expect([again.status, again.body]).toEqual([200, { status: 'changed' }]);
  });

  it('asks a program for no password again after a wrong code, where it names the action', async () => {
    const { visitor, person, app } = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    const { act } = (await visitor.asks('POST', `${room}/disable`)).body;
    const wrong = { password: person.password, kind: 'totp', code: app.code(500), act };
    expect((await visitor.asks('POST', '/account/confirm', wrong)).body['code']).toBe('PROOF_REFUSED');
    const { kind } = wrong;
    const right = await visitor.asks('POST', '/account/confirm', { kind, code: app.code(), act });
    expect(right.status).toBe(200);
    expect((await visitor.asks('POST', `${room}/disable`)).body).toEqual({ enabled: false });
  });

  it('remembers the password without a named action too', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    await ann.visitor.goes('/account/confirm?returnTo=/account/password');
    const wrong = await confirms(ann, ann.visitor, ann.app.code(500));
    expect(wrong.all('[type=password]:not([hidden])')).toEqual([]);
    const done = await ann.visitor.submits({ code: ann.app.code() });
    expect([done.address, done.status]).toEqual(['/account/password', 200]);
  });

  it('renews the session’s id, and the old one is dead', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    await ann.visitor.goes('/account/security');
    await ann.visitor.presses(`${room}/disable`);
    const before = ann.visitor.twin();
    const done = await confirms(ann, ann.visitor);
    expect(done.status).toBe(200);
    expect(ann.visitor.cookies.header).not.toBe(before.cookies.header);
    expect((await before.goes('/')).address).toBe('/login');
  });

  it('opens the page that was wanted, as the start of a set-up', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    await ann.visitor.goes(`${room}/totp`);
    expect(ann.visitor.page.all('[data-act]')).toEqual(['Add an authenticator app']);
    expect((await confirms(ann, ann.visitor)).address).toBe(`${room}/totp`);
    await getsStarted(house, ann.visitor);
    expect(ann.visitor.page.address).toBe(`${room}/totp/setup`);
  });

  it('is in the other language where the reader has another one', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.passesMinutes(6);
    const headers = { Accept: 'text/html', 'Accept-Language': 'de' };
    const answer = await ann.visitor.sends(`${room}/totp`, { headers });
    const to = answer.headers.get('location') ?? '';
    expect(await (await ann.visitor.sends(to, { headers })).text()).toContain('bevor dies geschieht');
  });
});
