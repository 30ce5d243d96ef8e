import { forEachDatabase } from '../../support/databases/databases.js';
import { OddAsker, oddFields, patience } from '../../support/input/odd-asker.js';
import { oddTexts } from '../../support/input/odd-values.js';
import { type Part, partFor } from '../../support/people/cast.js';
import type { Visitor } from '../../support/people/visitor.js';

forEachDatabase('odd input of pages on', (database) => {
  let asker: OddAsker;
  beforeAll(async () => {
    asker = await OddAsker.on(database);
  }, 60_000);
  afterAll(() => asker.close());

  it(
    'in a field of a page’s form breaks no route',
    async () => {
      const broken: string[] = [];
      for (const route of asker.posts) {
        const visitor = await asker.visitor(route);
        const _csrf = await tokenOf(visitor, partFor(route));
        const requests = oddFields(route, halfOf(oddTexts)).map((fields) => ({
          odd: fields,
          headers: { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ ...(fields as Record<string, string>), _csrf }).toString(),
        }));
        broken.push(...(await asker.faults(route, visitor, requests)));
      }
      expect(broken).toEqual([]);
    },
    patience,
  );
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

/** Every second one, and every way back. */
function halfOf(texts: readonly string[]): string[] {
  return texts.filter((text, index) => index % 2 === 0 || text.startsWith('/'));
}
