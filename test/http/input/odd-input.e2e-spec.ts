import { Cast, castPassword, type Part, partFor } from '../../support/people/cast.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { honestFields, honestQueries } from '../../support/input/honest-fields.js';
import { oddHeaders, oddTexts, oddThings } from '../../support/input/odd-values.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { type RawAnswer, type RawRequest, rawRequest } from '../../support/network/raw-request.js';
import { addressOf, type Route, routesOf } from '../../support/portal/routes.js';
import type { Visitor } from '../../support/people/visitor.js';

/** Milliseconds, for one kind of odd input on every route. */
const patience = 180_000;

/** Values for an id in addresses, as they are written there. */
const oddParameters = [
  ...oddTexts.map((text) => encodeURIComponent(wellFormed(text)).slice(0, 6000)).filter(Boolean),
  '%',
  '%00',
  '%ff',
  '%E0%A4%A',
  '..%2F..%2Flogin',
  '.',
  '..',
  ';a=b',
  '%2e%2e',
];

const named = ({ method, path }: Route): string => `${method} ${path}`;

/** These end what a visitor has, so they come last. */
const ending = /^POST \/(logout|login\/cancel|account\/security\/two-factor\/disable)$/;

forEachDatabase('odd input on', (database) => {
  let site: Portal;
  let cast: Cast;
  let routes: Route[];
  let addresses = 0;
  beforeAll(async () => {
    const env = { REQUIRE_TWO_FACTOR: 'staff', PASSKEY_SIGN_IN: 'everyone', MAILED_CODES: 'on' };
    site = await portal({ database, env });
    cast = await Cast.of(site);
    const all = routesOf(site);
    routes = [
      ...all.filter((one) => !ending.test(named(one))),
      ...all.filter((one) => ending.test(named(one))),
    ];
  }, 60_000);
  afterAll(() => site.close());

  /** One request from an address of its own, so that limits of addresses do not come first. */
  async function asks(visitor: Visitor, sent: Omit<RawRequest, 'headers'> & { headers?: object }) {
    addresses += 1;
    const cookie = visitor.cookies.header;
    const headers = {
      ...{
        'X-Forwarded-For': `10.200.${addresses >> 8}.${addresses & 255}`,
        'Sec-Fetch-Site': 'same-origin',
      },
      ...{
        Accept: 'application/json',
        'Content-Type': 'application/json',
        ...(cookie && { Cookie: cookie }),
      },
      ...sent.headers,
    };
    const answer = await rawRequest(site.url, { ...sent, headers });
    const kept = new Headers(answer.cookies.map((line) => ['set-cookie', line]));
    if (!('Cookie' in (sent.headers ?? {}))) visitor.cookies.take(kept);
    return answer;
  }

  /** A page, a program, and so on. */
  const turns = () => ({ Accept: addresses % 2 === 0 ? 'text/html' : 'application/json' });

  const visitorFor = (part: Part): Promise<Visitor> =>
    part === 'customer' || part === 'administrator' ? cast.fresh(part) : cast.visitor(part);

  it(
    'in a header breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of routes) {
        const visitor = await visitorFor(partFor(route));
        for (const headers of oddHeaders) {
          const body = route.method === 'GET' ? undefined : JSON.stringify(honest(route));
          const sent = { method: route.method, path: cast.place(route), headers, ...(body && { body }) };
          broken.push(...faults(route, headers, await asks(visitor, sent)));
        }
      }
      expect(broken).toEqual([]);
    },
    patience,
  );

  it(
    'in an address breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of routes) {
        const visitor = await visitorFor(partFor(route));
        const { method } = route;
        const body = method === 'GET' ? undefined : JSON.stringify(honest(route));
        const paths = [
          ...(route.path.includes(':') ? oddParameters.map((odd) => addressOf(route, odd)) : []),
          ...queries(named(route)).map((query) => `${cast.place(route)}?${query}`),
        ];
        for (const path of paths)
          broken.push(
            ...faults(
              route,
              path,
              await asks(visitor, { method, path, headers: turns(), ...(body && { body }) }),
            ),
          );
      }
      expect(broken).toEqual([]);
    },
    patience,
  );

  it(
    'in a field of a program breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of routes.filter(({ method }) => method !== 'GET')) {
        const visitor = await visitorFor(partFor(route));
        for (const fields of oddFields(route, [...oddTexts, ...oddThings])) {
          const sent = { method: route.method, path: cast.place(route), body: JSON.stringify(fields) };
          broken.push(...faults(route, fields, await asks(visitor, sent)));
        }
      }
      expect(broken).toEqual([]);
    },
    patience,
  );

  it(
    'in a field of a page’s form breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of routes.filter(({ method }) => method !== 'GET')) {
        const visitor = await visitorFor(partFor(route));
        const token = await tokenOf(visitor, partFor(route));
        for (const fields of oddFields(route, halfOf(oddTexts))) {
          const body = new URLSearchParams({
            ...(fields as Record<string, string>),
            _csrf: token,
          }).toString();
          const headers = { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' };
          const sent = { method: route.method, path: cast.place(route), headers, body };
          broken.push(...faults(route, fields, await asks(visitor, sent)));
        }
      }
      expect(broken).toEqual([]);
    },
    patience,
  );

  it('is put into every route that there is', () => {
    const posts = routes.filter(({ method }) => method !== 'GET').map(named);
    expect(Object.keys(honestFields).sort()).toEqual(posts.sort());
  });
});

/** A page with a form in each part, for its token. */
const pages: Readonly<Record<Part, string>> = {
  stranger: '/password/forgot',
  challenged: '/login/challenge',
  enrolling: '/login/enrol/totp',
  customer: '/account/profile',
  administrator: '/account/profile',
};

async function tokenOf(visitor: Visitor, part: Part): Promise<string> {
  const page = await visitor.goes(pages[part]);
  return page.attribute('input[name="_csrf"]', 'value') ?? '';
}

/** The fields of a valid form, with the password of the cast. */
function honest(route: Route): Record<string, string> {
  const fields = Object.entries(honestFields[named(route)] ?? {});
  return Object.fromEntries(fields.map(([name, value]) => [name, value.replace('<password>', castPassword)]));
}

/** The honest form with one field made odd, in every way. */
function oddFields(route: Route, odd: readonly unknown[]): Record<string, unknown>[] {
  const fields = honest(route);
  return Object.keys(fields).flatMap((field) => odd.map((value) => ({ ...fields, [field]: value })));
}

/** Each name in the query with each odd text, and twice. */
function queries(name: string): string[] {
  const names = honestQueries[name] ?? [];
  return names.flatMap((field) => [
    ...oddTexts.map((text) => `${field}=${encodeURIComponent(wellFormed(text)).slice(0, 7000)}`),
    `${field}=a&${field}=b`,
    `${field}[]=a`,
    `${field}[x]=a`,
    `${field}=%ff%00`,
  ]);
}

/** Half characters cannot stand in an address at all. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** Every second one, and every way back. */
function halfOf(texts: readonly string[]): string[] {
  return texts.filter((text, index) => index % 2 === 0 || text.startsWith('/'));
}

function faults(route: Route, odd: unknown, { status, text }: RawAnswer): string[] {
  if (status < 500 && status > 0) return [];
  return [`${status} ${named(route)} ${JSON.stringify(odd).slice(0, 160)} ${text.slice(0, 80)}`];
}
