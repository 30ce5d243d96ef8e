import { forEachDatabase } from '../../support/databases/databases.js';
import { honestQueries } from '../../support/input/honest-fields.js';
import { honestBody, named, OddAsker, patience } from '../../support/input/odd-asker.js';
import { oddTexts } from '../../support/input/odd-values.js';
import { addressOf } from '../../support/portal/routes.js';

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

forEachDatabase('odd input in addresses on', (database) => {
  let asker: OddAsker;
  beforeAll(async () => {
    asker = await OddAsker.on(database);
  }, 60_000);
  afterAll(() => asker.close());

  it(
    'in an address breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of asker.routes) {
        const paths = [
          ...(route.path.includes(':') ? oddParameters.map((odd) => addressOf(route, odd)) : []),
          ...queries(named(route)).map((query) => `${asker.place(route)}?${query}`),
        ];
        // a page, a program, and so on
        const requests = paths.map((path, index) => {
          const headers = { Accept: index % 2 === 0 ? 'text/html' : 'application/json' };
          return { ...honestBody(route), odd: path, path, headers };
        });
        broken.push(...(await asker.faults(route, await asker.visitor(route), requests)));
      }
      expect(broken).toEqual([]);
    },
    patience,
  );
});

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
