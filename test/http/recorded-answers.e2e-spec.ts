import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cast, castPassword, type Part } from '../support/people/cast.js';
import { honestFields } from '../support/input/honest-fields.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { type Route, routesOf } from '../support/portal/routes.js';
import type { Sent, Visitor } from '../support/people/visitor.js';

/**
 * The answers of every route to every kind of visitor. They are compared with a recording, so that a change of
 * structure changes no answer by accident. After a wanted change: `RECORD_ANSWERS=folder npm test -- recorded-answers`
 * writes the recording anew and each whole answer into `folder`, to be compared with an earlier folder line by line.
 */
const recording = join(import.meta.dirname, 'recorded-answers.json');
const folder = process.env['RECORD_ANSWERS'];

const parts: readonly Part[] = ['stranger', 'challenged', 'enrolling', 'customer', 'administrator'];

/** These end what a visitor has, so they come last. */
const ending = /^POST \/(logout|login\/cancel|account\/security\/two-factor\/disable)$/;

/** Values that differ from run to run: ids, tokens, keys, pictures, ports and the fingerprints of assets. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/data:image[^"')]+/g, '<picture>'],
  [/<svg[\s\S]*?<\/svg>/g, '<picture>'],
  [/\/assets\/[\w./-]+/g, '/assets/<file>'],
  [/(?:[A-Z2-7]{4} ){3,}[A-Z2-7]{1,4}/g, '<key>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '<token>'],
  // not the words of a style sheet
  [/(?![a-z-]+(?![\w-]))[\w.-]*[\w-]{20,}[\w.%-]*/g, '<token>'],
  [/…[\w-]{4}(?=<)/g, '…<end of a token>'],
  [/\bT-[0-9A-Z]{8}\b/g, '<ticket>'],
  [/\b10\.0\.\d+\.\d+\b/g, '<address>'],
  [/Expires=[^;]+/g, 'Expires=<time>'],
  // limits of addresses run by the machine's clock
  [/(retry-after: |"retryAfter":)\d+/gi, '$1<seconds>'],
  [/(?:127\.0\.0\.1|localhost):\d+/g, '<host>'],
  [/kim\d+@/g, 'kim@'],
  [/k•+@|k\*+@/g, 'k*@'],
];

const masked = (text: string): string =>
  masks.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);

/** Headers that say when and by which connection, not what. */
const unrecorded = new Set(['date', 'x-request-id', 'connection', 'keep-alive', 'content-length', 'etag']);

interface Asking {
  readonly route: Route;
  readonly part: Part;
  readonly accept: string;
}

let site: Portal;
let cast: Cast;
beforeAll(async () => {
  const env = { REQUIRE_TWO_FACTOR: 'staff', PASSKEY_SIGN_IN: 'everyone', MAILED_CODES: 'on' };
  site = await portal({ env });
  cast = await Cast.of(site);
}, 60_000);
afterAll(() => site.close());

/** One request as `part` sends it: a program with JSON, a browser with a form and its token. */
async function answerTo({ route, part, accept }: Asking): Promise<string> {
  await site.settled();
  // No two events at one time: their order would be by chance.
  site.clock.passesSeconds(1);
  const visitor = await visitorFor(part);
  const sent: Omit<Sent, 'method'> = route.method === 'GET' ? {} : await bodyOf(route, accept, visitor);
  const headers = { ...{ Accept: accept, 'Sec-Fetch-Site': 'same-origin' }, ...sent.headers };
  const path = cast.place(route);
  const answer = await visitor.sends(path, { ...sent, method: route.method, headers });
  const lines = [...answer.headers]
    .filter(([name]) => !unrecorded.has(name))
    .map(([name, value]) => masked(`${name}: ${value}`));
  return `${answer.status}\n${lines.sort().join('\n')}\n\n${masked(await answer.text())}\n`;
}

const visitorFor = (part: Part): Promise<Visitor> =>
  part === 'customer' || part === 'administrator' ? cast.fresh(part) : cast.visitor(part);

async function bodyOf(route: Route, accept: string, visitor: Visitor): Promise<Omit<Sent, 'method'>> {
  const fields = Object.entries(honestFields[`${route.method} ${route.path}`] ?? {});
  const honest = fields.map(([name, value]) => [name, value === '<password>' ? castPassword : value]);
  if (accept !== 'text/html')
    return {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(honest)),
    };
  const page = await visitor.goes('/password/forgot');
  const token = page.attribute('input[name="_csrf"]', 'value') ?? '';
  return { headers: {}, body: new URLSearchParams([...honest, ['_csrf', token]] as [string, string][]) };
}

it('every route answers every visitor as recorded', async () => {
  const named = ({ method, path }: Route): string => `${method} ${path}`;
  // The order of the modules must not matter.
  const all = routesOf(site).sort((one, other) => named(one).localeCompare(named(other)));
  const routes = [
    all.filter((one) => !ending.test(named(one))),
    all.filter((one) => ending.test(named(one))),
  ];
  const answers = new Map<string, string>();
  for (const route of routes.flat())
    for (const part of parts)
      for (const accept of ['text/html', 'application/json']) {
        const name = `${named(route)} · ${part} · ${accept === 'text/html' ? 'page' : 'JSON'}`;
        answers.set(name, await answerTo({ route, part, accept }));
      }
  const short = Object.fromEntries([...answers].map(([name, whole]) => [name, inShort(whole)]));
  if (folder) record(folder, answers, short);
  expect(short).toEqual(JSON.parse(readFileSync(recording, 'utf8')));
}, 300_000);

/** The status, where it leads, and a digest of headers and body. */
function inShort(whole: string): string {
  const location = /^location: (.*)$/m.exec(whole)?.[1] ?? '';
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 12);
  return [whole.slice(0, 3), location, digest].filter(Boolean).join(' ');
}

function record(to: string, answers: ReadonlyMap<string, string>, short: object): void {
  mkdirSync(to, { recursive: true });
  for (const [name, whole] of answers) writeFileSync(join(to, `${name.replaceAll('/', '⁄')}.txt`), whole);
  writeFileSync(recording, `${JSON.stringify(short, null, 2)}\n`);
}
