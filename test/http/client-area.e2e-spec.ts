import { randomUUID } from 'node:crypto';
import { Accounts } from '../../src/accounts/accounts.service.js';
import { Invoices } from '../../src/billing/invoices/invoices.service.js';
import { type Portal, portal } from '../support/portal/portal.js';

const day = 86_400_000;

describe('the Client Area', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({
      modules: [],
      env: { PORTAL_NAME: 'Northwind', SUPPORT_EMAIL: 'help@example.com' },
    });
  });
  afterAll(() => house.close());

  /** Bills an account; answers the invoice's number. */
  async function bills(accountId: string, cents: number, description = 'Hosting'): Promise<string> {
    const now = house.clock.now();
    const number = `INV-${randomUUID().slice(0, 8)}`;
    const times = { issuedAt: now, dueAt: now + 14 * day, paidAt: null };
    const facts = { ...times, number, description, cents, currency: 'EUR', status: 'unpaid' } as const;
    await house.app.get(Invoices).add([{ ...facts, id: randomUUID(), accountId }]);
    return number;
  }

  it('greets its customer, and shows the amount to pay', async () => {
    const ann = await house.account('Ann');
    await bills(ann.id, 2499);
    await bills(ann.id, 1);
    const home = await house.visitor().signsIn(ann);
    expect(home.address).toBe('/');
    expect(home.title).toBe('Welcome, Ann');
    expect(home.text).toContain('€25.00');
    expect(home.text).toContain('2 unpaid invoices');
    expect(home.headers.get('cache-control')).toBe('no-store');
  });

  it('shows a customer only their own invoices', async () => {
    const [ann, bob] = [await house.account('Ann'), await house.account('Bob')];
    const [hers, his] = [await bills(ann.id, 100), await bills(bob.id, 200)];
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    const page = await visitor.goes('/invoices');
    expect(page.text).toContain(hers);
    expect(page.text).not.toContain(his);
    const { body } = await visitor.asks('GET', '/invoices');
    expect(body).toMatchObject({
      invoices: [{ number: hers, cents: 100, issuedAt: '2030-01-01T00:00:00.000Z' }],
    });
    expect(JSON.stringify(body)).not.toContain(his);
  });

  it('shows nothing to visitors', async () => {
    for (const path of ['/', '/invoices']) {
      expect((await house.visitor().goes(path)).address).toMatch(/^\/login/);
      expect((await house.visitor().asks('GET', path)).status).toBe(401);
    }
  });

  it('shows names and descriptions as text, whatever they are', async () => {
    const facts = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
    const { id } = await house.app.get(Accounts).create({ ...facts, name: '<b>Ann</b>', role: 'customer' });
    await bills(id, 100, '<img src=x onerror=alert(1)>');
    const page = await house.visitor().signsIn(facts);
    expect(page.all('main b, main img, .name-menu b')).toEqual([]);
    expect(page.title).toContain('<b>Ann</b>');
  });

  it('has a name menu with entries that all lead to a page', async () => {
    const visitor = house.visitor();
    const home = await visitor.signsIn(await house.account('Ann'));
    expect(home.all('.name-menu li, .places li')).toEqual([
      'Home',
      'Services',
      'Invoices',
      'Support',
      'Profile',
      'Change password',
      'Sessions',
      'API tokens',
    ]);
    for (const words of home.all('.name-menu a, .places a')) {
      expect((await visitor.goes(home.link(words))).status).toBe(200);
    }
    expect((await visitor.presses('/logout')).title).toBe('Sign in');
  });

  it('says clearly that a person is signed out', async () => {
    const visitor = house.visitor();
    await visitor.signsIn(await house.account('Ann'));
    const page = await visitor.presses('/logout');
    expect([page.address, page.status, page.all('[role=status]')]).toEqual([
      '/login?done=signed-out',
      200,
      ['You are signed out.'],
    ]);
    for (const address of ['/login', '/login?done=', '/login?done=made-up', '/login?done[]=signed-out'])
      expect((await visitor.goes(address)).all('[role=status]')).toEqual([]);
  });

  it('wears one stylesheet and no inline script, and lets browsers keep what never changes', async () => {
    const page = await house.visitor().goes('/login');
    expect(page.all('script').join('')).toBe('');
    expect(page.html).toContain('help@example.com');
    const stylesheet = page.attribute('link[rel=stylesheet]', 'href') ?? '';
    const answer = await house.visitor().sends(stylesheet, {});
    expect(answer.headers.get('content-type')).toMatch(/^text\/css/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toContain('prefers-color-scheme:dark');
    expect((await house.visitor().sends('/assets/..%2fpackage.json', {})).status).toBe(404);
  });
});
