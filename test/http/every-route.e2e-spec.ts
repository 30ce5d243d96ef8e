import { Controller, Get, Module } from '@nestjs/common';
import { Public } from '../../src/auth/common/access.decorators.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { stubModule } from '../support/portal/stub-module.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { addressOf, type Route, routesOf } from '../support/portal/routes.js';
import type { Visitor } from '../support/people/visitor.js';

/** An unexpected error occurs. */
@Controller('broken')
class Broken {
  @Public()
  @Get()
  breaks(): never {
    throw new Error('nobody thought of this');
  }
}

@Module({ controllers: [Broken] })
class BrokenRoom {}

/** The routes for anonymous visitors; all other routes are collected and must be closed. */
const open =
  /^(GET|POST) \/(login|password\/forgot|password\/reset\/:token|account\/email\/confirm\/:token|security\/stop\/:token|login\/recovery\/cancel\/:token)$/;
/** With the sign-in without a password, which this portal does not offer: 404. */
const openToAll =
  /^(GET \/(healthz|readyz|assets\/:file|\.well-known\/[\w.-]+|favicon\.ico|broken)|(GET|POST) \/login\/passwordless)$/;
/** The same for all visitors, so that browsers and proxies may keep them for a day. */
const cacheable = /^GET \/(\.well-known\/(passkey-endpoints|security\.txt)|favicon\.ico)$/;
/** Further routes that a pending login may use. */
const ofPendingLogins = /^(GET|POST) \/login\/(challenge|challenge\/resend|recovery|cancel)$/;
/** A program may sign in again; a person is sent back to the challenge. */
const signInAnew = 'POST /login';
const mailedLinks =
  /^(GET|POST) \/(password|account\/email\/confirm|login\/recovery\/cancel|security\/stop)\//;

const named = ({ method, path }: Route): string => `${method} ${path}`;

const wanted: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^default-src 'self';(?!.*unsafe).*object-src 'none';.*frame-ancestors 'none'/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/i,
  'x-request-id': /^[\w-]{8,}$/,
};

let site: Portal;
let routes: Route[];
beforeAll(async () => {
  const broken = { ...stubModule('broken'), gate: undefined, nest: BrokenRoom };
  site = await portal({ modules: [...installedModules, broken] });
  routes = routesOf(site);
});
afterAll(() => site.close());

const asks = (visitor: Visitor, route: Route, parameter = 'x') =>
  visitor.asks(route.method, addressOf(route, parameter), route.method === 'GET' ? undefined : {});

describe('every route', () => {
  it('is closed to strangers, but for signing in and for passwords that were forgotten', async () => {
    const closed = routes.filter((route) => !open.test(named(route)) && !openToAll.test(named(route)));
    for (const route of closed)
      expect([named(route), (await asks(site.visitor(), route)).status]).toEqual([named(route), 401]);
    expect(closed.length).toBeGreaterThan(40);
  });

  it('is closed to a login that waits for its security code, but for the doors of the challenge', async () => {
    const ann = await owner(site, 'Ann');
    const closed = routes.filter((route) => {
      const name = named(route);
      const isOpen = [openToAll, ofPendingLogins, mailedLinks].some((each) => each.test(name));
      return !isOpen && name !== signInAnew;
    });
    const waiting = await pending(site, ann.person);
    for (const route of closed)
      expect([named(route), (await asks(waiting, route)).status]).toEqual([named(route), 401]);
    expect((await waiting.asks('GET', '/login/challenge')).status).toBe(200);
    expect(closed.length).toBeGreaterThan(40);
  });

  it('is closed to customers where it is the staff’s', async () => {
    const customer = site.visitor();
    await customer.signsIn(await site.account('Cat'));
    const staff = routes.filter(({ path }) => path.startsWith('/staff'));
    for (const route of staff)
      expect([named(route), (await asks(customer, route)).status]).toEqual([named(route), 403]);
    expect(staff.length).toBeGreaterThan(5);
  });

  it('carries the security headers, whatever it answers and to whom', async () => {
    const customer = site.visitor();
    await customer.signsIn(await site.account('Cat'));
    const seen = new Set<number>();
    const ends = new Set(['POST /logout', 'POST /account/sessions/:id/end']);
    for (const route of routes.filter((each) => !ends.has(named(each))))
      for (const visitor of [site.visitor(), customer])
        for (const accept of ['text/html', 'application/json']) {
          const answer = await sent(visitor, route, accept);
          seen.add(Math.floor(answer.status / 100));
          expect([named(route), accept, faults(answer.headers)]).toEqual([named(route), accept, []]);
          const caching = answer.ok && cacheable.test(named(route)) ? 'public, max-age=86400' : 'no-store';
          expect([named(route), answer.headers.get('cache-control')]).toEqual([named(route), caching]);
        }
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('that changes something refuses what another site sends, and a form without its token', async () => {
    const changing = routes.filter(({ method }) => method !== 'GET');
    const ann = await owner(site, 'Ann');
    const agent = await owner(site, 'Sam', { person: await site.account('Sam', 'support') });
    const visitors = [site.visitor(), await pending(site, ann.person), ann.visitor, agent.visitor];
    for (const route of changing)
      for (const [body, headers] of foreign) {
        const told = new Set<unknown>();
        for (const visitor of visitors) {
          const answer = await visitor.asks(route.method, addressOf(route, 'x'), body, headers);
          told.add(answer.status < 400 ? answer.status : answer.body['code']);
        }
        // Access is checked first.
        for (const closed of ['NOT_SIGNED_IN', 'FORBIDDEN', 'CONFLICT']) told.delete(closed);
        expect([named(route), [...told]]).toEqual([named(route), ['CROSS_SITE']]);
      }
    expect((await ann.visitor.asks('GET', '/invoices')).status).toBe(200);
    expect(changing.length).toBeGreaterThan(20);
  });

  it('sets no cookie that a script, another site or another path could use', async () => {
    const visitor = site.visitor();
    const answers = [await visitor.sends('/login', {}), await sent(visitor, signIn, 'application/json')];
    const lines = answers.flatMap(({ headers }) => headers.getSetCookie());
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; SameSite=Lax/i);
      expect(line).toMatch(/; Path=\/(;|$)/i);
      expect(line).not.toMatch(/; Domain=/i);
    }
  });
});

/** Requests that only another site makes a browser send, or that come from a form without its page. */
const foreign: [unknown, Record<string, string>][] = [
  [{}, { 'Sec-Fetch-Site': 'cross-site' }],
  [{}, { 'Sec-Fetch-Site': 'same-site' }],
  [{}, { Origin: 'https://evil.example' }],
  ['', { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' }],
  ['_csrf=x', { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' }],
];

const signIn: Route = { method: 'POST', path: '/login' };

async function sent(visitor: Visitor, route: Route, accept: string): Promise<Response> {
  const body = route.method === 'GET' ? {} : { body: '{}' };
  const headers = { Accept: accept, 'Content-Type': 'application/json' };
  const answer = await visitor.sends(addressOf(route, 'x'), { ...body, method: route.method, headers });
  await answer.arrayBuffer();
  return answer;
}

function faults(headers: Headers): string[] {
  return Object.entries(wanted)
    .filter(([name, value]) => !value.test(headers.get(name) ?? ''))
    .map(([name]) => `${name}: ${headers.get(name)}`);
}
