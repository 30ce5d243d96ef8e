import { randomUUID } from 'node:crypto';
import type { Hosting, NewDomain } from '../../src/billing/services/service.js';
import { Services } from '../../src/billing/services/services.service.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { oddIds } from '../support/input/odd-ids.js';
import { confirms, owner, pending, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const day = 86_400_000;
const price = { cents: 1590, currency: 'EUR', status: 'active' } as const;
const code = 'Kx7-pQ2v$mR9';

function domain(now: number, facts: Partial<NewDomain> = {}): NewDomain {
  const times = { startedAt: now - 365 * day, dueAt: now + 20 * day, expiresAt: now + 34 * day };
  const own = { id: randomUUID(), kind: 'domain', label: 'ann.example', cycle: 'yearly' } as const;
  return { ...own, ...price, ...times, ...{ registrarLock: true, eppCode: code }, ...facts };
}

function hosting(now: number): Hosting {
  const own = { id: randomUUID(), kind: 'hosting', label: 'shop.example', cycle: 'monthly' } as const;
  const usage = { disk: { usedMb: 9_450, limitMb: 10_000 }, traffic: { usedMb: 320, limitMb: null } };
  const times = { startedAt: now - 90 * day, dueAt: now + 9 * day };
  return { ...own, ...price, ...times, ...usage, package: 'Business', server: 'web04.example.net' };
}

forEachDatabase('services on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  async function has({ id }: Person, ...services: (Hosting | NewDomain)[]): Promise<void> {
    await site.app.get(Services).add(id, services);
  }

  async function signedIn(person: Person) {
    const visitor = site.visitor();
    await visitor.signsIn(person);
    return visitor;
  }

  it('are on the home page, listed, and each on a page of its own', async () => {
    const ann = await site.account('Ann');
    const [plan, name] = [hosting(site.clock.now()), domain(site.clock.now())];
    await has(ann, plan, name);
    const visitor = await signedIn(ann);
    expect(visitor.page.text).toMatch(/1 hosting plan · 1 domain Next due: shop.example · Jan 10, 2030/);
    await visitor.goes(visitor.page.link('Services'));
    expect(visitor.page.all('tbody th')).toEqual(['shop.example', 'ann.example']);
    const hers = await visitor.goes(visitor.page.link('shop.example'));
    for (const words of ['Business', 'web04.example.net', '€15.90 a month', '9.45 GB of 10 GB', '320 MB, no'])
      expect(hers.text).toContain(words);
    expect([hers.all('meter').length, hers.attribute('meter', 'value')]).toEqual([1, '9450']);
    await visitor.goes('/services');
    const other = await visitor.goes(visitor.page.link('ann.example'));
    expect(other.text).toMatch(/Registrar lock On Expires Feb 4, 2030/);
    expect(other.html).not.toContain(code);
  });

  it('are returned to programs with amounts in cents, times as text, and without EPP codes', async () => {
    const ann = await site.account('Ann');
    const [plan, name] = [hosting(site.clock.now()), domain(site.clock.now())];
    await has(ann, plan, name);
    const program = await signedIn(ann);
    const list = await program.asks('GET', '/services');
    const one = await program.asks('GET', `/services/${name.id}`);
    expect(list.body).toMatchObject({
      services: [
        { id: plan.id, kind: 'hosting', disk: plan.disk, traffic: plan.traffic, package: 'Business' },
        { id: name.id, kind: 'domain', cents: 1590, currency: 'EUR', registrarLock: true, hasEppCode: true },
      ],
    });
    expect(one.body).toMatchObject({
      service: { label: 'ann.example', expiresAt: '2030-02-04T00:00:00.000Z' },
    });
    expect(JSON.stringify([list.body, one.body])).not.toMatch(/Kx7|sealed|account/i);
  });

  /** A sign-in with password and code, which is a step-up for the person's own settings. */
  async function signedInWithCode({ person, app }: Owner): Promise<Visitor> {
    const visitor = await pending(site, person);
    await visitor.submits({ code: app.code() });
    return visitor;
  }

  it('show an EPP code only to their owner, after a step-up', async () => {
    const ann = await owner(site, 'Ann');
    const name = domain(site.clock.now());
    await has(ann.person, name);
    const { visitor } = ann;
    site.clock.passesMinutes(11);
    await visitor.goes(`/services/${name.id}`);
    await visitor.presses(`/services/${name.id}/epp-code`);
    const confirm = `/account/confirm?returnTo=%2Fservices%2F${name.id}&act=`;
    expect(visitor.page.address).toContain(confirm);
    expect(visitor.page.html).not.toContain(code);
    const shown = await confirms(ann, visitor);
    expect([shown.status, shown.all('[data-epp-code]')]).toEqual([200, [code]]);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect((await visitor.goes(`/services/${name.id}`)).html).not.toContain(code);
    site.clock.passesSeconds(594);
    expect((await visitor.presses(`/services/${name.id}/epp-code`)).all('[data-epp-code]')).toEqual([code]);
    site.clock.passesSeconds(6);
    await visitor.goes(`/services/${name.id}`);
    expect((await visitor.presses(`/services/${name.id}/epp-code`)).address).toContain(confirm);
  });

  it('tell a program to confirm first, then answer it with the code', async () => {
    const ann = await owner(site, 'Ann');
    const name = domain(site.clock.now());
    await has(ann.person, name);
    site.clock.passesMinutes(11);
    const path = `/services/${name.id}/epp-code`;
    const refused = await ann.visitor.asks('POST', path);
    expect([refused.status, refused.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
    const proof = { password: ann.person.password, kind: 'totp', code: ann.app.code() };
    await ann.visitor.asks('POST', '/account/confirm', proof);
    const answer = await ann.visitor.asks('POST', path);
    expect([answer.status, answer.body]).toEqual([200, { eppCode: code }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('are visible to their owner only: another’s page and code look like missing ones, even after a step-up', async () => {
    const [ann, bob] = [await site.account('Ann'), await owner(site, 'Bob')];
    const [plan, name] = [hosting(site.clock.now()), domain(site.clock.now())];
    await has(ann, plan, name);
    const visitor = await signedInWithCode(bob);
    for (const id of [plan.id, name.id, randomUUID()]) {
      expect((await visitor.goes(`/services/${id}`)).title).toBe('Page not found');
      for (const [method, path] of [
        ['GET', `/services/${id}`],
        ['POST', `/services/${id}/epp-code`],
      ] as const) {
        const { status, body } = await visitor.asks(method, path);
        expect([status, body['code'], JSON.stringify(body).includes(code)]).toEqual([
          404,
          'NOT_FOUND',
          false,
        ]);
      }
    }
    expect((await visitor.asks('GET', '/services')).body).toEqual({ services: [] });
  });

  it('without an EPP code answer that there is none', async () => {
    const ann = await owner(site, 'Ann');
    const [plan, bare] = [hosting(site.clock.now()), domain(site.clock.now(), { eppCode: null })];
    await has(ann.person, plan, bare);
    const visitor = await signedInWithCode(ann);
    expect((await visitor.goes(`/services/${bare.id}`)).all('form[action$="/epp-code"]')).toEqual([]);
    for (const { id } of [plan, bare])
      expect((await visitor.asks('POST', `/services/${id}/epp-code`)).status).toBe(404);
  });

  it('are shown to no visitor, whatever the method', async () => {
    for (const [method, path] of [
      ['GET', '/services'],
      ['GET', '/services/1'],
      ['POST', '/services/1/epp-code'],
    ] as const)
      expect((await site.visitor().asks(method, path)).status).toBe(401);
    expect((await site.visitor().goes('/services/1')).address).toBe('/login?returnTo=%2Fservices%2F1');
  });

  it.each(oddIds)('do not stumble over the id %.20s, nor over methods that there are not', async (id) => {
    const visitor = await signedIn(await site.account('Ann'));
    for (const path of [`/services/${id}`, `/services/${id}/epp-code`])
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
        const { status } = await visitor.asks(method, path);
        expect([path, method, [400, 403, 404].includes(status)]).toEqual([path, method, true]);
      }
  });
});
