import { forEachDatabase } from '../../support/databases/databases.js';
import { honestFields } from '../../support/input/honest-fields.js';
import { named, OddAsker, oddFields, patience } from '../../support/input/odd-asker.js';
import { oddTexts, oddThings } from '../../support/input/odd-values.js';

forEachDatabase('odd input of programs on', (database) => {
  let asker: OddAsker;
  beforeAll(async () => {
    asker = await OddAsker.on(database);
  }, 60_000);
  afterAll(() => asker.close());

  it(
    'in a field of a program breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of asker.posts) {
        const forms = oddFields(route, [...oddTexts, ...oddThings]);
        const requests = forms.map((fields) => ({ odd: fields, body: JSON.stringify(fields) }));
        broken.push(...(await asker.faults(route, await asker.visitor(route), requests)));
      }
      expect(broken).toEqual([]);
    },
    patience,
  );

  it('is put into every route that there is', () => {
    expect(Object.keys(honestFields).sort()).toEqual(asker.posts.map(named).sort());
  });
});
