import type { LoggerService } from '@nestjs/common';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const logged: string[] = [];
const logger: LoggerService = {
  log: () => undefined,
  error: () => undefined,
  warn: (line: unknown) => void logged.push(String(line)),
};

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [], logger });
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
    site.clock.passesSeconds(6);
    const page = await old.presses('/logout');
    expect([page.status, page.address]).toEqual([200, '/login?done=ended']);
  });
});

describe('an operator whose PUBLIC_URL is wrong', () => {
  const login = (headers: Headers, accept = 'text/html'): Promise<Response> =>
    site.visitor().sends('/login', {
      method: 'POST',
      headers: { ...form, ...{ Accept: accept, 'Accept-Language': 'de' }, ...headers },
      body: 'email=ann%40example.com&password=whatever+it+is',
    });

  // The line of an earlier refusal counts what that test left out.
  beforeEach(async () => {
    site.clock.passesMinutes(1);
    await login({ Origin: 'null' });
    site.clock.passesMinutes(1);
    logged.length = 0;
  });

  it('finds in the log the origin that people use, PUBLIC_URL and the next step, once a minute', async () => {
    for (let sent = 0; sent < 3; sent += 1) await login({ Origin: 'http://portal.lan:3000' });
    expect(logged).toEqual([
      `refused origin origin="http://portal.lan:3000" site=none PUBLIC_URL=${site.config.publicUrl} - ` +
        'If people reach the portal by this origin, set PUBLIC_URL to it.',
    ]);
    site.clock.passesMinutes(1);
    await login({ Origin: 'null' });
    expect(logged[1]).toMatch(/origin="null".*Referrer-Policy: same-origin.* 2 more were refused/);
  });

  it('is not told anything that a stranger could write', async () => {
    await login({ Origin: `x" \t reason=credentials refused sign-in ip=1 ${'y'.repeat(2000)}` });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^refused origin origin="x\?[\w?-]+" site=none/);
    expect(logged[0]?.length).toBeLessThan(300);
  });

  it('learns on the page and in JSON that the log says why, and a stranger learns nothing more', async () => {
    const page = await login({ Origin: 'http://portal.lan:3000' });
    const html = await page.text();
    expect(page.status).toBe(403);
    expect(html).toContain('Das Protokoll nennt ihm den Grund.');
    const json = await (await login({ Origin: 'http://portal.lan:3000' }, 'application/json')).text();
    expect(JSON.parse(json)).toMatchObject({
      code: 'CROSS_SITE',
      detail: expect.stringMatching(/log/) as string,
    });
    for (const answer of [html, json]) expect(answer).not.toMatch(/PUBLIC_URL|portal\.lan|localhost/);
  });
});
