import { Cast, partFor } from '../../support/people/cast.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { type Route, routesOf } from '../../support/portal/routes.js';

/** The page of each address that only takes POST; all other addresses of forms are pages themselves. */
const pages: Readonly<Record<string, RegExp>> = {
  '/logout': /^\/$/,
  '/account/sessions/:id/end': /^\/account\/sessions$/,
  '/account/tokens/:id/revoke': /^\/account\/tokens$/,
  '/approvals/:id/refuse': /^\/approvals\/x$/,
  '/staff/impersonation/end': /^\/$/,
  '/services/:id/epp-code': /^\/services\/x$/,
  '/services/:id/registrar-lock/on': /^\/services\/x$/,
  '/services/:id/registrar-lock/off': /^\/services\/x$/,
  '/tickets/:id/close': /^\/tickets\/[\w-]+$/,
  '/staff/tickets/:id/assign': /^\/staff\/tickets\/[\w-]+$/,
  '/staff/tickets/:id/notes': /^\/staff\/tickets\/[\w-]+$/,
  '/staff/approvals/:id/approve': /^\/staff\/approvals\/x$/,
  '/staff/approvals/:id/refuse': /^\/staff\/approvals\/x$/,
  '/login/challenge/resend': /^\/login\/challenge$/,
  '/login/cancel': /^\/login\/challenge$/,
  '/login/enrol/:kind/confirm': /^\/login\/enrol\/totp\/setup$/,
  '/account/confirm/resend': /^\/account\/confirm$/,
  '/account/security/devices/:id/forget': /^\/account\/security$/,
  '/account/security/two-factor/disable': /^\/account\/security$/,
  '/account/security/two-factor/factors/:id/rename': /^\/account\/security$/,
  '/account/security/two-factor/factors/:id/remove': /^\/account\/security$/,
  '/account/security/two-factor/:kind/confirm': /^\/account\/security\/two-factor\/totp\/setup$/,
  '/account/security/two-factor/:kind/saved': /^\/account\/security\/two-factor\/totp\/new$/,
};

describe('an address that only takes POST', () => {
  let site: Portal;
  let cast: Cast;
  let routes: Route[];
  beforeAll(async () => {
    site = await portal({ env: { REQUIRE_TWO_FACTOR: 'staff' } });
    cast = await Cast.of(site);
    routes = routesOf(site);
  });
  afterAll(() => site.close());

  it('is never left without an answer to a reload', () => {
    const opened = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path));
    const forgotten = routes.filter(({ method, path }) => method === 'POST' && !opened.has(path));
    expect(forgotten).toEqual([]);
  });

  it.each(Object.entries(pages))('leads people from %s to its page', async (path, page) => {
    const route = { method: 'GET', path };
    const visitor = await cast.visitor(partFor(route));
    const answer = await visitor.sends(cast.place(route), { headers: { Accept: 'text/html' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(page)]);
  });

  it.each(Object.keys(pages))('is nothing for programs: %s', async (path) => {
    const route = { method: 'GET', path };
    const visitor = await cast.visitor(partFor(route));
    const { status, body } = await visitor.asks('GET', cast.place(route));
    expect([status, body['code']]).toEqual([404, 'NOT_FOUND']);
  });

  it('is not shown to strangers', async () => {
    for (const path of Object.keys(pages)) {
      const { status } = await site.visitor().asks('GET', cast.place({ method: 'GET', path }));
      expect([path, status]).toEqual([path, 401]);
    }
  });
});
