import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [] });
});
afterAll(() => site.close());

type Headers = Readonly<Record<string, string>>;

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };
const json = { 'Content-Type': 'application/json', Accept: 'application/json' };

async function signedIn(): Promise<{ visitor: Visitor; token: string }> {
  const visitor = site.visitor();
  await visitor.signsIn(await site.account('Ann'));
  return { visitor, token: visitor.page.attribute('[name=_csrf]', 'value') ?? '' };
}

/** Ends all other sessions: an unsafe request without damage. */
async function post(visitor: Visitor, headers: Headers, body: string): Promise<number> {
  const answer = await visitor.sends('/account/sessions/all/end', { method: 'POST', headers, body });
  return answer.status;
}

describe('a form', () => {
  const ours = () => `http://127.0.0.1:${site.config.port}`;

  it.each<[string, () => Headers, number]>([
    ['from our own page', () => ({ 'Sec-Fetch-Site': 'same-origin' }), 200],
    ['typed by hand', () => ({ 'Sec-Fetch-Site': 'none' }), 200],
    ['from our own page in an old browser', () => ({ Origin: ours() }), 200],
    ['from our own page by its public name', () => ({ Origin: site.config.publicUrl }), 200],
    ['from another site', () => ({ 'Sec-Fetch-Site': 'cross-site' }), 403],
    ['from a neighbour of the same domain', () => ({ 'Sec-Fetch-Site': 'same-site' }), 403],
    ['from another site with our origin', () => ({ 'Sec-Fetch-Site': 'cross-site', Origin: ours() }), 403],
    ['from another site in an old browser', () => ({ Origin: 'https://evil.example' }), 403],
    ['from nowhere', () => ({ Origin: 'null' }), 403],
    ['from another port', () => ({ Origin: 'http://localhost:1' }), 403],
    ['that says nothing of where it is from', () => ({}), 403],
  ])('%s', async (_what, headers, status) => {
    const { visitor, token } = await signedIn();
    expect(
      await post(visitor, { ...form, ...headers() }, new URLSearchParams({ _csrf: token }).toString()),
    ).toBe(status);
  });

  it('needs its token', async () => {
    const [{ visitor }, other] = [await signedIn(), await signedIn()];
    const headers = { ...form, 'Sec-Fetch-Site': 'same-origin' };
    for (const body of ['', '_csrf=', '_csrf=x', `_csrf=${other.token}`, '_csrf=a&_csrf=b'])
      expect([body, await post(visitor, headers, body)]).toEqual([body, 403]);
  });

  it('has the same token on every page of a session, and another after the next sign-in', async () => {
    const { visitor, token } = await signedIn();
    await visitor.goes('/account/sessions');
    expect(visitor.page.attribute('[name=_csrf]', 'value')).toBe(token);
    await visitor.presses('/logout');
    expect(visitor.page.attribute('[name=_csrf]', 'value')).not.toBe(token);
  });

  it('of a visitor is bound to the browser that got it', async () => {
    const [ann, eve] = [site.visitor(), site.visitor()];
    await eve.goes('/login');
    const eves = eve.page.attribute('[name=_csrf]', 'value') ?? '';
    const body = new URLSearchParams({ _csrf: eves, email: 'eve@example.com', password: 'whatever it is' });
    const headers = { ...form, 'Sec-Fetch-Site': 'same-origin' };
    const answer = await ann.sends('/login', { method: 'POST', headers, body });
    expect(answer.status).toBe(403);
  });

  it('is not taken as plain text either', async () => {
    const { visitor, token } = await signedIn();
    const headers = { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'same-origin' };
    expect(await post(visitor, headers, `_csrf=${token}`)).toBe(403);
  });
});

describe('JSON', () => {
  it.each<[string, Headers, number]>([
    ['from a program', {}, 200],
    ['from our own page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['from another site in an old browser', { Origin: 'https://evil.example' }, 403],
  ])('%s', async (_what, headers, status) => {
    const { visitor } = await signedIn();
    expect(await post(visitor, { ...json, ...headers }, '{}')).toBe(status);
  });
});

describe('a form that has grown old', () => {
  it('leads to signing in when the session has ended, and does nothing', async () => {
    const { visitor } = await signedIn();
    await visitor.goes('/account/sessions');
    const old = visitor.twin();
    await visitor.presses('/logout');
    const page = await old.presses('/logout');
    expect([page.status, page.address]).toEqual([200, '/login']);
  });
});
