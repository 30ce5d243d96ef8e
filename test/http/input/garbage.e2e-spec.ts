import fc from 'fast-check';
import { portal, type Portal } from '../../support/portal/portal.js';
import { addressOf, type Route, routesOf } from '../../support/portal/routes.js';
import type { Visitor } from '../../support/people/visitor.js';

/** How many requests each route gets from each visitor. */
const runs = 8;
/** Milliseconds, for all routes together. */
const patience = 240_000;

let site: Portal;
let routes: Route[];
beforeAll(async () => {
  site = await portal();
  routes = routesOf(site);
});
afterAll(() => site.close());

/** Names that forms here have, and names that programs trip over. */
const fieldName = fc.oneof(
  fc.constantFrom(
    'email',
    'password',
    'code',
    'kind',
    'returnTo',
    'label',
    'body',
    'subject',
    'newPassword',
    '_csrf',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a[b]',
    'a[]',
    'locale',
    'replaces',
    '',
  ),
  fc.string({ maxLength: 12 }),
);
const nasty = fc.constantFrom(
  ...[
    '\0',
    '\ud800',
    '%',
    '%00',
    "' OR 1=1 --",
    '{{7*7}}',
    '<script>',
    '../../etc/passwd',
    '\r\nX: y',
    'a'.repeat(5000),
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    '-1',
    '1e999',
    'NaN',
    '１２３４５６',
    '🙂'.repeat(50),
    'ﷺ'.repeat(20),
  ],
);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), nasty);
const value = fc.oneof(text, fc.jsonValue(), fc.integer(), fc.constantFrom(null, true, [], {}));

const json = fc
  .oneof(fc.dictionary(fieldName, value, { maxKeys: 6 }), fc.jsonValue(), value)
  .map((body) => ({ type: 'application/json', body: JSON.stringify(body) }));
const form = fc
  .array(fc.tuple(fieldName, text), { maxLength: 6 })
  .map((fields) => ({ type: 'application/x-www-form-urlencoded', body: encoded(fields) }));
const raw = fc
  .tuple(fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x'), text)
  .map(([type, body]) => ({ type, body: wellFormed(body) }));

/** Anything at all, in the place of an honest request. */
const request = fc.record({
  parameter: text.map((given) => encodeURIComponent(wellFormed(given).slice(0, 300)) || 'x'),
  query: fc.array(fc.tuple(fieldName, text), { maxLength: 4 }).map(encoded),
  sent: fc.oneof(json, form, raw),
  accept: fc.constantFrom('text/html', 'application/json', '*/*', ''),
});

describe('whatever is sent', () => {
  it.each(['a stranger', 'a customer', 'an administrator'] as const)(
    'by %s to whatever route, the portal never breaks',
    async (who) => {
      for (const route of routes) await withstands(await visitorOf(who), route);
    },
    patience,
  );
});

async function withstands(visitor: Visitor, route: Route): Promise<void> {
  await fc.assert(
    fc.asyncProperty(request, async ({ parameter, query, sent, accept }) => {
      const address = `${addressOf(route, parameter)}?${query}`.slice(0, 6000);
      const body = route.method === 'GET' ? {} : { body: sent.body };
      const headers = { Accept: accept, 'Content-Type': sent.type, 'Sec-Fetch-Site': 'same-origin' };
      const answer = await visitor.sends(address, { ...body, method: route.method, headers });
      await answer.arrayBuffer();
      if (answer.status >= 500) throw new Error(`${route.method} ${address}: ${answer.status}`);
    }),
    { numRuns: runs },
  );
}

async function visitorOf(who: string): Promise<Visitor> {
  const visitor = site.visitor();
  const role = who === 'an administrator' ? 'admin' : 'customer';
  if (who !== 'a stranger') await visitor.signsIn(await site.account('Ann', role));
  return visitor;
}

function encoded(fields: readonly (readonly [string, string])[]): string {
  return fields.map((pair) => pair.map((part) => encodeURIComponent(wellFormed(part))).join('=')).join('&');
}

/** Half characters cannot be sent at all. */
function wellFormed(given: string): string {
  return given.replace(/\p{Cs}/gu, '\ufffd');
}
