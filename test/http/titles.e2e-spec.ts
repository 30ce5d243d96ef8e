import { Cast, partFor } from '../support/people/cast.js';
import { Page } from '../support/people/page.js';
import type { Visitor } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { type Route, routesOf } from '../support/portal/routes.js';

/** What a refused title begins with, in each language. */
const languages = [
  ['en', 'Error'],
  ['de', 'Fehler'],
] as const;

const named = ({ method, path }: Route): string => `${method} ${path}`;

/** These end the session that the others need. */
const ends = new Set(['POST /logout', 'POST /account/sessions/:id/end', 'POST /login/cancel']);

describe('the title of a page', () => {
  let site: Portal;
  let cast: Cast;
  let routes: Route[];
  beforeAll(async () => {
    site = await portal({
      env: { REQUIRE_TWO_FACTOR: 'staff', MAILED_CODES: 'on', PORTAL_NAME: 'Northwind' },
    });
    cast = await Cast.of(site);
    routes = routesOf(site).filter((route) => !ends.has(named(route)));
  });
  afterAll(() => site.close());

  async function visitorFor(route: Route): Promise<Visitor> {
    const part = partFor(route);
    return part === 'customer' || part === 'administrator' ? cast.fresh(part) : cast.visitor(part);
  }

  /** The page that this route answers; undefined for anything but a page. */
  async function pageOf(route: Route, language: string, body?: object): Promise<Page | undefined> {
    const visitor = await visitorFor(route);
    const path = cast.place(route);
    const answer = await visitor.sends(path, {
      method: route.method,
      headers: { Accept: 'text/html', 'Accept-Language': language, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const html = await answer.text();
    const isHtml = (answer.headers.get('content-type') ?? '').startsWith('text/html');
    return isHtml && !answer.headers.has('location')
      ? new Page(answer.status, path, answer.headers, html)
      : undefined;
  }

  const seen = (page: Page) => ({ title: page.all('head title'), heading: page.all('h1') });

  it.each(languages)('is the one heading of the page, and the provider: %s', async (language, error) => {
    let [pages, refusals] = [0, 0];
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const page = await pageOf(route, language);
      if (!page) continue;
      pages += 1;
      const [heading] = page.all('h1');
      const isRefused = page.status >= 400;
      if (isRefused) refusals += 1;
      const title = isRefused ? `${error}: ${heading} · Northwind` : `${heading} · Northwind`;
      const wanted = { title: [title], heading: [heading] };
      expect([named(route), page.status, seen(page)]).toEqual([named(route), page.status, wanted]);
    }
    expect(pages).toBeGreaterThan(25);
    expect(refusals).toBeGreaterThan(3);
  });

  it.each(languages)('says first that an address cannot be shown: %s', async (language, error) => {
    const customer = await cast.visitor('customer');
    const statuses: number[] = [];
    for (const path of [
      '/nothing-here',
      '/services/none',
      '/staff/clients',
      '/account/confirm?act=codes.renew:gone',
      '/account/security/two-factor/nothing',
      '/account/security/two-factor/backup-codes/new',
    ]) {
      const headers = { Accept: 'text/html', 'Accept-Language': language };
      const answer = await customer.sends(path, { headers });
      const page = new Page(answer.status, path, answer.headers, await answer.text());
      const [heading] = page.all('h1');
      expect([path, page.all('head title')]).toEqual([path, [`${error}: ${heading} · Northwind`]]);
      statuses.push(page.status);
    }
    expect(statuses).toEqual([404, 404, 403, 409, 404, 404]);
  });

  const forms = [
    ['an empty form', {}],
    ['a form with odd values', { unknown: 'field', code: '1', label: '', name: '\u200f', body: ' ' }],
  ] as const;
  const refusals = languages.flatMap(([language, error]) =>
    forms.map(([what, body]) => [what, language, error, body] as const),
  );

  it.each(refusals)('says first that %s was refused: %s', async (_what, language, error, body) => {
    const refused = new Set<string>();
    for (const route of routes.filter(({ method }) => method === 'POST')) {
      const page = await pageOf(route, language, body);
      if (!page || page.status < 400) continue;
      refused.add(named(route));
      const [heading] = page.all('h1');
      const wanted = { title: [`${error}: ${heading} · Northwind`], heading: [heading] };
      expect([named(route), page.status, seen(page)]).toEqual([named(route), page.status, wanted]);
    }
    expect(refused.size).toBeGreaterThan(20);
  });
});
