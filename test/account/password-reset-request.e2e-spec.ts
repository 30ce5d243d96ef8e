import { AccountRow } from '../../src/accounts/account.entity.js';
import { asksWith, forgeries } from '../support/network/forged-host.js';
import { stubModule } from '../support/portal/stub-module.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { forgets, newLink, resetLinks } from '../support/people/reset-link.js';
import type { JsonAnswer, Visitor } from '../support/people/visitor.js';

const fresh = 'a brand new password';

describe('asking for a link', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [], env: { PUBLIC_URL: 'http://portal.localhost' } });
  });
  afterAll(() => house.close());

  const asks = (email: unknown, visitor = house.visitor(), headers = {}): Promise<JsonAnswer> =>
    visitor.asks('POST', '/password/forgot', { email }, headers);

  /**
   * The parts of an answer that could reveal an account: all except the time, the request's own id, and values from a
   * visitor's random cookie.
   */
  const facts = (headers: Headers) =>
    [...headers].filter(([name]) => !['date', 'x-request-id', 'set-cookie', 'etag'].includes(name));

  it('answers alike whether the address has an account, none, or a suspended one', async () => {
    const [ann, eve] = [await house.account('Ann'), await house.account('Eve')];
    await house.database.manager.update(AccountRow, { id: eve.id }, { suspendedAt: 1 });
    const [programs, people] = [new Set<string>(), new Set<string>()];
    for (const email of [ann.email, eve.email, 'nobody@example.com', 'no address at all']) {
      const { status, headers, body } = await asks(email);
      // A link that was replaced before its mail was written is mailed no more.
      await house.settled();
      programs.add(JSON.stringify([status, body, facts(headers)]));
      const visitor = house.visitor();
      await visitor.goes('/password/forgot');
      const page = await visitor.submits({ email });
      const html = page.html.replace(/(?<=name="_csrf" value=")[^"]+/g, '');
      people.add(JSON.stringify([visitor.steps, page.status, html, facts(page.headers)]));
    }
    expect([programs.size, people.size]).toEqual([1, 1]);
    expect(await resetLinks(house, ann)).toHaveLength(2);
    expect(await resetLinks(house, eve)).toEqual([]);
  });

  it.each(Object.entries(forgeries))(
    'mails a link of the portal’s own address, whatever a request says of %s',
    async (_, headers) => {
      const ann = await house.account('Ann');
      const asked = { path: '/password/forgot', body: { email: ann.email } };
      expect(await asksWith(house, house.visitor(), headers, asked)).toBe(200);
      await house.settled();
      const [mail] = await house.inbox.of(ann.email);
      expect(mail?.source).toContain('http://portal.localhost/password/reset/');
      expect(mail?.source).not.toContain('evil.example');
    },
  );

  it('is allowed 5 times in 15 minutes for an address, known or not, and tells when again', async () => {
    const ann = await house.account('Ann');
    for (const email of [ann.email, `unknown-${ann.email}`]) {
      const spellings = [email, email.toUpperCase(), ` ${email}`, `${email} `, email];
      for (const spelling of spellings) {
        expect((await asks(spelling)).status).toBe(200);
        // When several links are mailed together, only the newest is sent.
        await house.settled();
      }
      const { status, headers, body } = await asks(email);
      expect([status, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await resetLinks(house, ann)).toHaveLength(5);
  });

  it('is allowed 30 times in 15 minutes from one place', async () => {
    const visitor = house.visitor();
    for (let times = 0; times < 30; times++)
      expect((await asks(`somebody-${times}@example.com`, visitor)).status).toBe(200);
    expect((await asks('one-more@example.com', visitor)).status).toBe(429);
    expect((await asks('one-more@example.com')).status).toBe(200);
  });

  it.each([
    [['a@example.com', 'b@example.com']],
    [''],
    ['nul\0@example.com'],
    [{}],
    [undefined],
    [null],
    [7],
    [['a@example.com']],
    [{ email: 'a@example.com' }],
    ['a@example.com\r\nBcc: b@example.com'],
    ['half\ud800@example.com'],
    ['x'.repeat(255)],
  ])('does not take %j for an address', async (email) => {
    const { status, body } = await asks(email);
    expect([status, body['fields']]).toEqual([400, { email: 'login.email-needed' }]);
  });

  it('sends no mail for several addresses in one field, or for a repeated field', async () => {
    const [ann, eve, visitor] = [await house.account('Ann'), await house.account('Eve'), house.visitor()];
    for (const email of [`${ann.email},${eve.email}`, `${ann.email} ${eve.email}`, `<${ann.email}>`])
      expect((await asks(email)).status).toBe(200);
    const { values } = (await visitor.goes('/password/forgot')).form(['email']);
    values.set('email', ann.email);
    values.append('email', eve.email);
    const headers = { Origin: house.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await visitor.sends('/password/forgot', { method: 'POST', headers, body: values })).status).toBe(
      400,
    );
    for (const person of [ann, eve]) expect(await resetLinks(house, person)).toEqual([]);
  });

  it('is in the audit log, without the link', async () => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    const mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
    const page = await mia.goes(`/staff/audit?account=${encodeURIComponent(ann.email)}`);
    expect(page.text).toContain('password.reset-requested');
    expect(page.html).not.toContain(link.split('/').at(-1));
  });

  it('helps a signed-in person who forgot their password, too', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    const page = await visitor.goes('/password/forgot');
    expect(page.attribute('#email', 'value')).toBe(ann.email);
  });
});

describe('a replaced password and the second factor', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  it('is asked for as before: the link opens nothing of a protected account', async () => {
    const { person, app } = await owner(house, 'Ann');
    const visitor = house.visitor();
    await visitor.goes(await newLink(house, person));
    await visitor.submits({ password: fresh });
    expect((await visitor.goes('/invoices')).address).toMatch(/^\/login/);
    await house.settled();
    await visitor.signsIn({ ...person, password: fresh });
    expect(visitor.page.address).toBe('/login/challenge');
    await visitor.submits({ code: app.code() });
    expect(visitor.page.address).toBe('/');
  });

  it('voids a login that was held under the old password', async () => {
    const { person, app } = await owner(house, 'Ann');
    const thief = await pending(house, person);
    const link = await newLink(house, person);
    expect((await house.visitor().asks('POST', link, { password: fresh })).status).toBe(200);
    const page = await thief.submits({ code: app.code() });
    expect([page.address.startsWith('/login/challenge'), (await thief.goes('/')).address]).toEqual([
      false,
      '/login',
    ]);
  });

  it('is neither requested nor used in a browser with a pending login', async () => {
    const { person } = await owner(house, 'Ann');
    const link = await newLink(house, person);
    const visitor = await pending(house, person);
    for (const path of ['/password/forgot', link])
      expect((await visitor.goes(path)).address).toBe('/login/challenge');
    for (const [path, body] of [
      ['/password/forgot', { email: person.email }],
      [link, { password: fresh }],
    ] as const)
      expect((await visitor.asks('POST', path, body)).status).toBe(401);
  });
});

describe('a pending login of any gate', () => {
  it('is led back to its gate from the page for a forgotten password', async () => {
    const house = await portal({ modules: [stubModule('knock')] });
    try {
      const visitor: Visitor = house.visitor();
      await visitor.signsIn(await house.account('Ann'));
      expect((await visitor.goes('/password/forgot')).address).toBe('/login/knock');
      await forgets(house.visitor(), 'nobody@example.com');
    } finally {
      await house.close();
    }
  });
});
