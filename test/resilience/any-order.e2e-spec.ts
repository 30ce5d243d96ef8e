import fc from 'fast-check';
import { browsers, flashes, Story } from '../support/input/any-order.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** In the gate; more where somebody asks for them. */
const stories = Number(process.env['STORIES'] ?? 10);
/** Milliseconds. */
const patience = 240_000;

const entry = [
  ['password', 0],
  ['rightCode', 0],
] as const;

let site: Portal;
beforeAll(async () => {
  site = await portal();
});
afterAll(() => site.close());

describe('whatever people do, in whatever order', () => {
  it(
    'no browser has more access than its password and factor gave it',
    async () => {
      let entries = 0;
      const step = fc.tuple(fc.constantFrom(...flashes), fc.nat(browsers - 1));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
          const story = new Story(site, await owner(site, 'Ann'));
          // Each browser signs in once, because a story without a sign-in would prove little.
          for (const [deed, at] of [...entry, ...steps]) {
            await story.does(deed, at);
            await story.holds();
          }
          entries += story.entries;
        }),
        { numRuns: stories },
      );
      expect(entries).toBeGreaterThanOrEqual(stories);
    },
    patience,
  );
});
