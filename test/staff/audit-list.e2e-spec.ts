import { randomUUID } from 'node:crypto';
import { Audit } from '../../src/audit/audit.service.js';
import { OutboxRelay } from '../../src/events/outbox-relay.js';
import type { PortalEvent } from '../../src/events/portal-event.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { type Portal, portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

forEachDatabase('the audit list on', (database) => {
  let house: Portal;
  let mia: Visitor;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
    mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
  });
  afterAll(() => house.close());

  async function keeps(facts: Partial<PortalEvent>): Promise<void> {
    const actor = { type: 'system', id: 'portal' } as const;
    const from = { ip: '192.0.2.7', userAgent: null, requestId: null, accountId: null };
    const event: PortalEvent = {
      ...{ id: randomUUID(), name: 'logout', version: 1, at: house.clock.now(), actor, data: {} },
      ...from,
      ...facts,
    };
    await house.app.get(Audit).handle(event);
  }

  const about = ({ email }: Person, more = '') => `/staff/audit?account=${encodeURIComponent(email)}${more}`;

  it('tells the administrator who signed in, when, and as whom', async () => {
    const ann = await house.account('Ann');
    await house.visitor().signsIn(ann);
    await house.app.get(OutboxRelay).settled();
    const page = await mia.goes(about(ann));
    expect(page.all('tbody tr')).toHaveLength(1);
    expect(page.all('tbody td').slice(0, 4)).toEqual([
      expect.stringContaining('Jan 1, 2030'),
      'login.succeeded',
      ann.email,
      `Customer ${ann.email}`,
    ]);
    expect(page.attribute('tbody time', 'datetime')).toBe('2030-01-01T00:00:00.000Z');
    expect((await mia.goes(page.link(ann.email))).title).toBe('Ann');
  });

  it('has no link for a deleted account, or for an entry without an account', async () => {
    const gone = randomUUID();
    await keeps({ accountId: gone, name: 'gone.event' });
    await keeps({ name: 'gone.event' });
    const page = await mia.goes('/staff/audit?event=gone.event');
    expect([page.all('tbody td:nth-child(3)').sort(), page.all('tbody a')]).toEqual([
      ...[[gone, 'No account'].sort(), []],
    ]);
    const { body } = await mia.asks('GET', '/staff/audit?event=gone.event');
    expect(body['entries']).toContainEqual(expect.objectContaining({ account: gone, clientId: null }));
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

  it('finds no entry for an unknown address, instead of all', async () => {
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

  it('narrows by days, both of which belong to the span', async () => {
    const ann = await house.account('Ann');
    const days = ['2029-12-30T23:59:59.999Z', '2029-12-31T00:00:00Z', '2029-12-31T23:59:59.999Z'];
    for (const at of days) await keeps({ accountId: ann.id, at: Date.parse(at) });
    const count = async (more: string) => {
      const { body } = await mia.asks('GET', about(ann, more));
      return (body['entries'] as object[]).length;
    };
    expect(await count('&from=2029-12-31')).toBe(2);
    expect(await count('&to=2029-12-30')).toBe(1);
    expect(await count('&from=2029-12-30&to=2029-12-31')).toBe(3);
    expect(await count('&from=2029-12-31&to=2029-12-30')).toBe(0);
    await mia.goes('/staff/audit');
    const page = await mia.submits({ account: ann.email, from: '2029-12-31', to: '2029-12-31' });
    expect([page.all('tbody tr').length, page.attribute('#from', 'value')]).toEqual([2, '2029-12-31']);
  });

  it.each([
    ...['%25', '_', "'--", '%00', '%ED%A0%80', '%F0%9F%99%82', 'x'.repeat(10_000)],
    ...['lo%00gout', '%22', '%5C'],
  ])('finds nothing for %s, and is no error', async (text) => {
    for (const name of ['event', 'account', 'event[]']) {
      const { status, body } = await mia.asks('GET', `/staff/audit?${name}=${text}`);
      expect(status).toBe(200);
      if (!name.endsWith(']')) expect(body['entries']).toEqual([]);
    }
    expect((await mia.goes(`/staff/audit?event=${text}`)).status).toBe(200);
  });

  it.each(['after=x', 'after=1-', 'after=-1-x', 'from=x', 'to=2029-02-30', 'from=%00', 'to=1'])(
    'refuses ?%s rather than to show more than was asked for',
    async (query) => {
      expect((await mia.asks('GET', `/staff/audit?${query}`)).status).toBe(400);
      expect((await mia.goes(`/staff/audit?${query}`)).status).toBe(400);
    },
  );
});
