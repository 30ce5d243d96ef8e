import fc from 'fast-check';
import { browsers, deeds, Story } from './support/any-order.js';
import { owner } from './support/owner.js';
import { portal, type Portal } from './support/portal.js';

const stories = 20;
/** Milliseconds. */
const patience = 240_000;

let site: Portal;
beforeAll(async () => {
  site = await portal();
});
afterAll(() => site.close());

describe('whatever people do, in whatever order', () => {
  it(
    'nobody is further in than password and factor have brought them',
    async () => {
      let entries = 0;
      const step = fc.tuple(fc.constantFrom(...deeds), fc.nat(browsers - 1));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
          const story = new Story(site, await owner(site, 'Ann'));
          for (const [deed, at] of steps) {
            await story.does(deed, at);
            await story.holds();
          }
          entries += story.entries;
        }),
        { numRuns: stories },
      );
      expect(entries).toBeGreaterThan(stories / 4);
    },
    patience,
  );
});
