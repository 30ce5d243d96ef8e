import { Cast, partFor } from '../../support/people/cast.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { routesOf } from '../../support/portal/routes.js';

describe('a text field', () => {
  let site: Portal;
  let cast: Cast;
  beforeAll(async () => {
    site = await portal({ env: { REQUIRE_TWO_FACTOR: 'staff', MAILED_CODES: 'on' } });
    cast = await Cast.of(site);
  });
  afterAll(() => site.close());

  /** What the fields of a page hold when it is opened. A line break directly after the tag is no content. */
  const held = (html: string) =>
    [...html.matchAll(/<(textarea|pre)[^>]*>(?:\r?\n)?([^<]*)/g)].map(([, , text]) => text);

  it('is empty on every page, without blanks', async () => {
    const found: string[] = [];
    for (const route of routesOf(site).filter(({ method }) => method === 'GET')) {
      const visitor = await cast.visitor(partFor(route));
      const path = cast.place(route);
      const answer = await visitor.sends(path, { headers: { Accept: 'text/html' } });
      const texts = held(await answer.text());
      if (texts.length > 0) found.push(route.path);
      expect([path, texts.filter((text) => text !== '')]).toEqual([path, []]);
    }
    expect(found.sort()).toEqual(['/staff/tickets/:id', '/tickets', '/tickets/:id']);
  });

  it.each([
    ['/tickets', 'customer', { subject: ' ' }],
    ['/tickets/:id', 'customer', {}],
    ['/staff/tickets/:id', 'administrator', {}],
  ] as const)(
    'of %s keeps what was typed through two refusals, and adds nothing',
    async (path, part, fields) => {
      const visitor = await cast.visitor(part);
      const address = cast.place({ method: 'GET', path });
      const typed = 'first\n  second\u0000';
      await visitor.goes(address);
      const first = await visitor.submits({ ...fields, body: typed }, address);
      const [kept, ...others] = held(first.html);
      expect([first.status, kept]).toEqual([400, expect.stringMatching(/^first\n {2}second/)]);
      // Other forms of the page stay empty.
      expect(others.filter((text) => text !== '')).toEqual([]);
      const second = await visitor.submits({ ...fields }, address);
      expect([second.status, held(second.html)]).toEqual([400, [kept, ...others]]);
    },
  );
});
