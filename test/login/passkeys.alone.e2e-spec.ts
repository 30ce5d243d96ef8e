import { jest } from '@jest/globals';
import { LoginSession, TwoFactor } from 'nestjs-two-factor';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { Audit } from '../../src/audit/audit.service.js';
import type { PortalSession } from '../../src/two-factor/ports/portal.session.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { keyOwner, originOf, type KeyOwner } from '../support/people/key-owner.js';
import { pending } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { JsonAnswer, Visitor } from '../support/people/visitor.js';

const passwordless = '/login/passwordless';

/** Asks to be let in without a password, and answers with this key. */
async function signsIn(
  site: Portal,
  { key }: Pick<KeyOwner, 'key'>,
  visitor: Visitor,
  extra: object = {},
): Promise<JsonAnswer> {
  const { body } = await visitor.asks('GET', passwordless);
  const response = key.answers(body['publicKey'] as { challenge: string }, originOf(site));
  return visitor.asks('POST', passwordless, { ...{ response }, ...extra });
}

forEachDatabase('a passkey alone on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { PASSKEY_SIGN_IN: 'customers' } });
  });
  afterAll(() => site.close());

  it('signs in, once for each challenge, and emits the events of any sign-in', async () => {
    const ann = await keyOwner(site, 'Ann');
    const visitor = site.visitor();
    expect(await signsIn(site, ann, visitor)).toMatchObject({ status: 200, body: { status: 'signed-in' } });
    expect((await visitor.goes('/')).title).toBe('Welcome, Ann');
    const { body } = await visitor.asks('GET', '/account/security');
    expect(body).toMatchObject({ enabled: true });
    await site.settled();
    const names = (await site.app.get(Audit).listOf(ann.person.id, 10)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['login.succeeded', 'two-factor.challenge.passed']));
  });

  it('is itself a step-up for the person’s own settings, for five minutes', async () => {
    const ann = await keyOwner(site, 'Ann');
    const visitor = site.visitor();
    await signsIn(site, ann, visitor);
    site.clock.passesSeconds(299);
    expect((await visitor.goes('/account/password')).address).toBe('/account/password');
    site.clock.passesSeconds(1);
    expect((await visitor.goes('/account/password')).title).toBe('Confirm it’s you');
  });

  it.each<[string, (accountId: string) => Promise<unknown>]>([
    ['a reset', (id) => site.app.get(TwoFactor).reset(id, 'lost phone', { type: 'cli', id: 'root' })],
    ['another password', (id) => site.database.manager.update(AccountRow, { id }, { stamp: 'another one' })],
  ])('does not sign in where %s comes between the proof and the session', async (_what, happens) => {
    const ann = await keyOwner(site, 'Ann');
    const sessions = site.app.get<LoginSession, PortalSession>(LoginSession, { strict: false });
    const begin = sessions.begin.bind(sessions);
    const spy = jest.spyOn(sessions, 'begin').mockImplementationOnce(async (...given) => {
      await happens(ann.person.id);
      return begin(...given);
    });
    const visitor = site.visitor();
    const { status, body } = await signsIn(site, ann, visitor);
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect([status, body['code']]).toEqual([401, 'CHALLENGE_EXPIRED']);
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
  });

  it('leads to the requested page, and no other', async () => {
    const ann = await keyOwner(site, 'Ann');
    const page = async (returnTo: string) => {
      const visitor = site.visitor();
      const { body } = await visitor.asks('GET', passwordless);
      const response = ann.key.answers(body['publicKey'] as { challenge: string }, originOf(site));
      const fields = new URLSearchParams({ response, returnTo, _csrf: await csrfOf(visitor) });
      const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
      return (await visitor.sends(passwordless, { method: 'POST', body: fields, headers })).headers.get(
        'location',
      );
    };
    expect(await page('/invoices')).toBe('/invoices');
    expect(await page('https://evil.example')).toBe('/');
  });

  it('is taken once, though it comes twenty times at once or again', async () => {
    const ann = await keyOwner(site, 'Ann');
    const visitor = site.visitor();
    const { body } = await visitor.asks('GET', passwordless);
    const response = ann.key.answers(body['publicKey'] as { challenge: string }, originOf(site));
    const twins = Array.from({ length: 20 }, () => visitor.twin());
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', passwordless, { response })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
    const again = await visitor.twin().asks('POST', passwordless, { response });
    expect([again.status, again.body['code']]).toEqual([401, 'CHALLENGE_EXPIRED']);
  });

  it('answers only the question that this browser was asked', async () => {
    const ann = await keyOwner(site, 'Ann');
    const [one, other] = [site.visitor(), site.visitor()];
    const { body } = await one.asks('GET', passwordless);
    const response = ann.key.answers(body['publicKey'] as { challenge: string }, originOf(site));
    expect((await other.asks('POST', passwordless, { response })).body['code']).toBe('CHALLENGE_EXPIRED');
    await other.asks('GET', passwordless);
    const refused = await other.asks('POST', passwordless, { response });
    expect([refused.status, refused.body['code'], refused.body['reason']]).toEqual([
      401,
      'PROOF_REFUSED',
      'used',
    ]);
    expect((await one.asks('POST', passwordless, { response })).status).toBe(200);
  });

  it('is not enough where it did not verify its user, for staff, or once the account is suspended or the key removed', async () => {
    const careless = await keyOwner(site, 'Eve', { verifies: false });
    expect((await signsIn(site, careless, site.visitor())).status).toBe(401);
    const sam = await keyOwner(site, 'Sam', {}, 'support');
    expect((await signsIn(site, sam, site.visitor())).status).toBe(401);
    expect((await pending(site, sam.person)).page.title).toBe('Use your passkey or security key');
    const ann = await keyOwner(site, 'Ann');
    await site.database.manager.update(AccountRow, { id: ann.person.id }, { suspendedAt: 1 });
    expect((await signsIn(site, ann, site.visitor())).status).toBe(401);
  });

  it('garbage in its place is refused with a stable code and reveals no account', async () => {
    const visitor = site.visitor();
    await visitor.asks('GET', passwordless);
    for (const response of ['', '{}', 'null', '[]', 'x'.repeat(3000)])
      expect((await visitor.asks('POST', passwordless, { response })).body['code']).toBe('INVALID_INPUT');
    expect((await visitor.asks('POST', passwordless, {})).status).toBe(400);
    expect((await visitor.asks('POST', passwordless, { response: 1 })).status).toBe(400);
    visitor.cookies.set('two-factor-invitation', '%E0%A4%A');
    expect((await visitor.asks('POST', passwordless, { response: '{}' })).status).toBeLessThan(500);
  });
});

describe('a portal without passwordless sign-in', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  it('poses no challenge, accepts no answer, and offers no passkey on its sign-in page', async () => {
    const visitor = site.visitor();
    expect((await visitor.asks('GET', passwordless)).status).toBe(404);
    expect((await visitor.asks('POST', passwordless, { response: '{}' })).status).toBe(404);
    expect((await visitor.goes('/login')).text).not.toContain('passkey');
  });
});

async function csrfOf(visitor: Visitor): Promise<string> {
  return (await visitor.goes('/login')).attribute('input[name=_csrf]', 'value') ?? '';
}
