import { Accounts } from '../../src/accounts/accounts.service.js';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner } from '../support/people/owner.js';
import { type Portal, portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

forEachDatabase('the staff area on', (database) => {
  let house: Portal;
  let sam: Visitor;
  beforeAll(async () => {
    house = await portal({ database });
    sam = house.visitor();
    await sam.signsIn(await house.account('Sam', 'support'));
  });
  afterAll(() => house.close());

  const pages = [
    '/staff',
    '/staff/clients',
    '/staff/clients/x',
    '/staff/tickets',
    '/staff/tickets/x',
    '/staff/audit',
  ];

  it('is closed to customers and to visitors, page by page', async () => {
    const ann = house.visitor();
    const home = await ann.signsIn(await house.account('Ann'));
    expect(home.all('.places a')).not.toContain('Staff area');
    for (const page of pages) {
      expect((await ann.asks('GET', page)).status).toBe(403);
      expect((await ann.goes(page)).status).toBe(403);
      expect((await house.visitor().asks('GET', page)).status).toBe(401);
    }
    expect((await ann.asks('POST', '/staff/tickets/x', { body: 'hello' })).status).toBe(403);
  });

  it('has its own bar; the audit is on that of administrators alone', async () => {
    const mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
    const places = ['Overview', 'Clients', 'Tickets desk', 'Approvals', 'Recovery'];
    expect((await sam.goes('/staff')).all('.staff-places a')).toEqual(places);
    expect((await sam.goes('/')).all('.staff-places a')).toEqual([]);
    expect((await mia.goes('/staff/audit')).all('.staff-places a')).toEqual([...places, 'Audit']);
    expect(mia.page.all('.staff-places [aria-current]')).toEqual(['Audit']);
  });

  it('counts the clients, and those with two-factor', async () => {
    const before = (await sam.asks('GET', '/staff')).body;
    await owner(house, 'Ann');
    await house.account('Max', 'support');
    const after = (await sam.asks('GET', '/staff')).body;
    for (const name of ['clients', 'twoFactor']) expect(Number(after[name])).toBe(Number(before[name]) + 1);
    expect((await sam.goes('/staff')).all('.figure')[0]).toBe(String(after['clients']));
  });

  it('finds a client by parts of name or address, with and without two-factor', async () => {
    const ann = await owner(house, 'Anneliese');
    await sam.goes('/staff/clients');
    const found = await sam.submits({ q: ann.person.email.toUpperCase(), twoFactor: 'on' });
    expect(found.all('tbody th')).toEqual(['Anneliese']);
    expect(found.attribute('#q', 'value')).toBe(ann.person.email.toUpperCase());
    expect(found.attribute('#twoFactor option[selected]', 'value')).toBe('on');
    const without = await sam.submits({ q: ann.person.email, twoFactor: 'off' });
    expect(without.text).toContain('No client was found.');
    const { body } = await sam.asks('GET', `/staff/clients?q=${ann.person.email}`);
    expect(body).toMatchObject({ clients: [{ id: ann.person.id, twoFactor: true }], next: null });
    expect(JSON.stringify(body)).not.toMatch(/hash|stamp|argon/i);
  });

  it.each([
    'q=%25',
    'q=%00',
    'q=%ED%A0%80',
    'q=%FF',
    'q[]=x',
    'q=a&q=b',
    'q=%F0%9F%99%82',
    'q=_',
    'q=%22%27',
    'state[]=open',
    'after=%00',
    'state=%00',
    'after=1',
    'role=king&state=x',
    `q=${'x'.repeat(10_000)}`,
    `q=${encodeURIComponent("'; DROP TABLE accounts --")}`,
    'nonsense=1',
  ])('takes /staff/clients?%s, and is no error', async (query) => {
    expect((await sam.asks('GET', `/staff/clients?${query}`)).status).toBe(200);
    expect((await sam.asks('GET', `/staff/tickets?${query}`)).status).toBe(200);
    expect((await sam.goes(`/staff/clients?${query}`)).status).toBe(200);
  });

  it('shows the search and its results as text, without markup', async () => {
    const odd = '<img src=x onerror=alert(1)>';
    await house.app
      .get(Accounts)
      .create({ email: 'odd@example.com', name: odd, role: 'customer', password: 'long enough' });
    const page = await sam.goes(`/staff/clients?q=${encodeURIComponent(odd)}`);
    expect(page.all('tbody th')).toEqual([odd]);
    expect(page.all('main img')).toEqual([]);
    expect((await sam.goes(page.link(odd))).title).toBe(odd);
  });

  it('shows how a client’s two-factor stands, and no secret', async () => {
    const ann = await owner(house, 'Ann');
    await house.settled();
    const page = await sam.goes(`/staff/clients/${ann.person.id}`);
    for (const words of [
      'Authenticator app',
      'My phone',
      '10 of 10 left',
      'Two-factor turned on',
      'Signed in',
    ])
      expect(page.text).toContain(words);
    const { body } = await sam.asks('GET', `/staff/clients/${ann.person.id}`);
    const [panel] = body['panels'] as Record<string, unknown>[];
    expect(panel).toMatchObject({ module: 'two-factor', enabled: true, damaged: false, backupCodesLeft: 10 });
    expect(panel?.['factors']).toMatchObject([{ kind: 'totp', label: 'My phone' }]);
    for (const text of [page.html, JSON.stringify(body)]) {
      for (const code of ann.codes) expect(text).not.toContain(code);
      expect(text).not.toMatch(/[A-Z2-7]{32}|argon2|sealed/);
    }
    expect(page.all('main form')).toEqual([]);
  });

  it('shows a client without two-factor, and a suspended one, for what they are', async () => {
    const bob = await house.account('Bob');
    await house.database.manager.update(AccountRow, { id: bob.id }, { suspendedAt: house.clock.now() });
    const page = await sam.goes(`/staff/clients/${bob.id}`);
    for (const words of ['Suspended', 'Off', 'No services.', 'There are no invoices yet.'])
      expect(page.text).toContain(words);
    expect((await sam.goes(`/staff/clients?state=suspended&q=${bob.email}`)).all('tbody th')).toHaveLength(1);
  });

  it.each(['nobody', '%00', '%25', 'x'.repeat(500), '..%2f', '%ED%A0%80'])(
    'knows no client %s',
    async (id) => {
      const { status } = await sam.asks('GET', `/staff/clients/${id}`);
      expect([400, 404]).toContain(status);
      expect([400, 404]).toContain((await sam.asks('GET', `/staff/tickets/${id}`)).status);
    },
  );

  it('shows support the facts of other staff, and administrators the rest', async () => {
    const [kim, mia] = [await house.account('Kim', 'support'), await house.account('Mia', 'admin')];
    const [support, admin] = [house.visitor(), house.visitor()];
    await support.signsIn(kim);
    await admin.signsIn(mia);
    const other = await support.asks('GET', `/staff/clients/${mia.id}`);
    expect(Object.keys(other.body).sort()).toEqual(['acts', 'client']);
    expect((await support.goes(`/staff/clients/${mia.id}`)).text).toContain('Only administrators');
    expect((await support.goes(`/staff/clients/${kim.id}`)).text).toContain('your own account');
    const { body } = await admin.asks('GET', `/staff/clients/${kim.id}`);
    expect(body['panels']).toMatchObject([{ module: 'two-factor', enabled: false }, { callers: [] }]);
    expect((await admin.goes(`/staff/clients/${kim.id}`)).link('In the audit')).toContain(
      '/staff/audit?account=',
    );
  });
});
