import { forEachDatabase } from '../../support/databases/databases.js';
import { honestBody, OddAsker, patience } from '../../support/input/odd-asker.js';
import { oddHeaders } from '../../support/input/odd-values.js';

forEachDatabase('odd input in headers on', (database) => {
  let asker: OddAsker;
  beforeAll(async () => {
    asker = await OddAsker.on(database);
  }, 60_000);
  afterAll(() => asker.close());

  it(
    'in a header breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of asker.routes) {
        const requests = oddHeaders.map((headers) => ({ ...honestBody(route), odd: headers, headers }));
        broken.push(...(await asker.faults(route, await asker.visitor(route), requests)));
      }
      expect(broken).toEqual([]);
    },
    patience,
  );
});
