import { keyOwner, originOf } from '../support/people/key-owner.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

/** Pages of this portal with addresses that a header cannot contain unencoded, and their encoded form. */
const ways: readonly [string, string][] = [
  ['/tickets?q=汉', '/tickets?q=%E6%B1%89'],
  ['/tickets?q=%E6%B1%89', '/tickets?q=%E6%B1%89'],
  ['/tickets?q=é', '/tickets?q=%C3%A9'],
  ['/tickets?q=🙂&x=%', '/tickets?q=%F0%9F%99%82&x=%25'],
  ['/tickets?q=\u0085\u2028', '/'],
  ['/tickets?q=\r\nSet-Cookie: a=b', '/'],
  ['/tickets?q=\0', '/'],
];

/** Where people are led by a form that is sent by hand. */
async function led(visitor: Visitor, path: string, fields: Record<string, string>): Promise<string | null> {
  const token = visitor.page.attribute('input[name="_csrf"]', 'value') ?? '';
  const body = new URLSearchParams({ ...fields, _csrf: token });
  const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
  const answer = await visitor.sends(path, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  expect([path, answer.status]).toEqual([path, 303]);
  return answer.headers.get('location');
}

describe.each(ways)('a way back to %j', (returnTo, address) => {
  let site: Portal;
  let ann: Owner;
  beforeAll(async () => {
    site = await portal({ env: { PASSKEY_SIGN_IN: 'everyone' } });
    ann = await owner(site, 'Ann');
  });
  afterAll(() => site.close());

  /** In a header, `%` alone may stay: addresses are compared as browsers read them. */
  const same = (given: string | null) => expect(given?.replace(/%(?![\dA-F]{2})/g, '%25')).toBe(address);

  it('leads there from a confirmation, by page and by program', async () => {
    const visitor = ann.visitor;
    const fields = { password: ann.person.password, returnTo };
    await visitor.goes(`/account/confirm?returnTo=${encodeURIComponent(returnTo)}`);
    same(await led(visitor, '/account/confirm', { ...fields, code: ann.app.code() }));
    site.clock.passesSeconds(31);
    const json = await visitor.asks('POST', '/account/confirm', { ...fields, code: ann.app.code() });
    expect(json.status).toBe(200);
    site.clock.passesSeconds(31);
  });

  it('leads there from a sign-in, with and without a second factor, and without a password', async () => {
    const eve = await site.account('Eve');
    const plain = site.visitor();
    await plain.goes('/login');
    same(await led(plain, '/login', { email: eve.email, password: eve.password, returnTo }));
    const visitor = await pending(site, ann.person, returnTo);
    same(await led(visitor, '/login/challenge', { code: ann.app.code() }));
    site.clock.passesSeconds(31);
    const { key } = await keyOwner(site, 'Kim');
    const alone = site.visitor();
    await alone.goes('/login');
    const { body } = await alone.asks('GET', '/login/passwordless');
    const response = key.answers(body['publicKey'] as Parameters<typeof key.answers>[0], originOf(site));
    same(await led(alone, '/login/passwordless', { response, returnTo }));
  });

  it('is kept through a backup code, a set-up, and a repeated challenge', async () => {
    const visitor = await pending(site, ann.person, returnTo);
    const next = await led(visitor, '/login/challenge', {
      kind: 'backup-codes',
      code: ann.codes[ways.findIndex(([way]) => way === returnTo)]!,
    });
    expect(next).toMatch(/^[\x21-\x7e]+$/);
    const page = await visitor.goes(next!);
    expect(page.status).toBe(200);
    await visitor.goes(`/account/security?returnTo=${encodeURIComponent(returnTo)}`);
    expect(visitor.page.status).toBe(200);
    const fresh = await visitor.sends('/account/security/two-factor/totp/setup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify({ returnTo }),
    });
    expect(fresh.status).toBe(303);
    expect(fresh.headers.get('location')).toMatch(/^[\x21-\x7e]+$/);
  });

  it('stands in the query of a page that strangers are led away from, and comes along', async () => {
    const asked = `/account/security?returnTo=${encodeURIComponent(returnTo)}`;
    const answer = await site.visitor().sends(asked, { headers: { Accept: 'text/html' } });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/login?returnTo=${encodeURIComponent(asked)}`);
  });
});
