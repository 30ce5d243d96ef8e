import { randomUUID } from 'node:crypto';
import { Audit } from '../src/audit/audit.service.js';
import { HandOver } from '../src/events/hand-over.js';
import type { PortalEvent } from '../src/events/portal-event.js';
import type { Person } from './support/accounts.js';
import { type Portal, portal } from './support/portal.js';
import type { Visitor } from './support/visitor.js';

describe('the audit list', () => {
  let house: Portal;
  let mia: Visitor;
  beforeAll(async () => {
    house = await portal({ modules: [] });
    mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
  });
  afterAll(() => house.close());

  async function keeps(facts: Partial<PortalEvent>): Promise<void> {
    const actor = { type: 'system', id: 'portal' } as const;
    const from = { ip: '192.0.2.7', userAgent: null, requestId: null, accountId: null };
    const event = {
      id: randomUUID(),
      name: 'logout',
      at: house.clock.now(),
      actor,
      data: {},
      ...from,
      ...facts,
    };
    await house.app.get(Audit).keep(event);
  }

  const about = ({ email }: Person, more = '') => `/staff/audit?account=${encodeURIComponent(email)}${more}`;

  it('tells the administrator who signed in, when, and as whom', async () => {
    const ann = await house.account('Ann');
    await house.visitor().signsIn(ann);
    await house.app.get(HandOver).settled();
    const page = await mia.goes(about(ann));
    expect(page.all('tbody tr')).toHaveLength(1);
    expect(page.all('tbody td').slice(0, 4)).toEqual([
      expect.stringContaining('Jan 1, 2030'),
      'login.succeeded',
      ann.email,
      `Customer ${ann.email}`,
    ]);
    expect(page.attribute('tbody time', 'datetime')).toBe('2030-01-01T00:00:00.000Z');
  });

  it.each(['customer', 'support'] as const)('is closed to %s', async (role) => {
    const visitor = house.visitor();
    const home = await visitor.signsIn(await house.account('Sam', role));
    expect(home.all('.places a')).not.toContain('Audit');
    expect((await visitor.goes('/staff/audit')).status).toBe(403);
    expect((await visitor.asks('GET', '/staff/audit')).status).toBe(403);
  });

  it('narrows by event, and by the account in any spelling of its address', async () => {
    const [ann, bob] = [await house.account('Ann'), await house.account('Bob')];
    await keeps({ accountId: ann.id, name: 'password.changed' });
    await keeps({ accountId: ann.id });
    await keeps({ accountId: bob.id, name: 'password.changed' });
    const shouted = { ...ann, email: ann.email.toUpperCase() };
    const page = await mia.goes(about(shouted, '&event=password.changed'));
    expect(page.all('tbody tr')).toHaveLength(1);
    const { body } = await mia.asks('GET', about(ann, '&event=password.changed'));
    expect(body).toMatchObject({ entries: [{ name: 'password.changed', account: ann.email }], next: null });
  });

  it('finds nothing for an address that nobody has, rather than everything', async () => {
    const { body } = await mia.asks('GET', '/staff/audit?account=nobody@example.com');
    expect(body).toEqual({ entries: [], next: null });
  });

  it('is read to its end page by page, each entry once', async () => {
    const ann = await house.account('Ann');
    for (let count = 0; count < 101; count++) await keeps({ accountId: ann.id, data: { count } });
    let page = await mia.goes(about(ann));
    const seen = page.all('tbody td:last-child');
    for (let pages = 1; page.all('.paging a').length > 0; pages++) {
      expect(pages).toBeLessThan(4);
      page = await mia.goes(page.link('Older entries'));
      seen.push(...page.all('tbody td:last-child'));
    }
    expect(seen).toHaveLength(101);
    expect(new Set(seen).size).toBe(101);
  });

  it('shows what events say as text, whatever it is', async () => {
    const ann = await house.account('Ann');
    const userAgent = '<script>alert(1)</script>';
    await keeps({ accountId: ann.id, userAgent, data: { reason: '<img src=x onerror=alert(1)>' } });
    const page = await mia.goes(about(ann));
    expect(page.all('main img, main script')).toEqual([]);
    expect(page.text).toContain('<img src=x onerror=alert(1)>');
  });

  it.each([
    'after=x',
    'after=1-',
    'after=-1-x',
    'event=a&event=b',
    'account[]=x&account[]=y',
    `event=${'x'.repeat(101)}`,
  ])('refuses ?%s without falling over', async (query) => {
    const { status } = await mia.asks('GET', `/staff/audit?${query}`);
    expect(status).toBe(query.startsWith('account') ? 200 : 400);
  });
});
