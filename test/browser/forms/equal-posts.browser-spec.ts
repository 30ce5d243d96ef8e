import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { TicketRow } from '../../../src/support/ticket.entity.js';
import type { BrowserUser } from '../support/browser-user.js';
import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf, type Scene } from '../support/scene.js';

const gaps = [20, 120, 220];

/** Two real clicks, `gap` milliseconds apart, at the place of the button with these words. They lead to this page. */
async function clicksTwice(user: BrowserUser, words: string, [gap, path]: [number, RegExp]): Promise<void> {
  const { page } = user;
  const button = page.getByRole('button', { name: words, exact: true }).first();
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (!box) throw new Error(`There is no button “${words}”.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const settled = navigationsOf(page);
  const first = press(page);
  await page.waitForTimeout(gap);
  await Promise.all([first, press(page)]);
  await expectSoon(() => path.test(user.path) && settled(), `${words}: still at ${user.path}`);
  await page.waitForLoadState();
}

/** Says whether the page that the browser asked for last has arrived, or was given up. The pages asked for before were given up. */
function navigationsOf(page: Page): () => boolean {
  let last: unknown = null;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) last = request;
  });
  const ends = (request: unknown) => {
    if (request === last) last = null;
  };
  page.on('requestfinished', ends);
  page.on('requestfailed', ends);
  // A page that was loaded while a click was on its way does not always say that its request has ended.
  page.on('load', () => void (last = null));
  return () => last === null;
}

async function expectSoon(isTrue: () => boolean, otherwise: string): Promise<void> {
  for (let left = 500; !isTrue(); left -= 1) {
    if (left === 0) throw new Error(otherwise);
    await pause(20);
  }
}

async function press({ mouse }: Page): Promise<void> {
  await mouse.down();
  await mouse.up();
}

/** Two-factor, with this many milliseconds between two clicks. */
function twoFactorStory(scene: Scene): void {
  it.each(gaps)(
    'set two-factor up, make new codes and turn it off, %i ms apart',
    async (gap) => {
      const { site, user } = scene;
      const ann = await site.account('Ann');
      await user.signsIn(ann);
      await user.chooses(ann, 'Security');
      await user.clicks('Click here to Enable');
      await clicksTwice(user, 'Get Started', [gap, /totp\/setup$/]);
      const phone = await user.scans();
      await user.writes('Verification Step', phone.code());
      await clicksTwice(user, 'Enable', [gap, /(totp\/confirm|backup-codes\/new)/]);
      expect(await user.backupCodes()).toHaveLength(10);
      site.clock.passesSeconds(31);
      await user.goes('/account/confirm?returnTo=/account/security');
      await user.writes('Password', ann.password);
      await user.writes('Security code', phone.code());
      await clicksTwice(user, 'Confirm', [gap, /^\/account\/security$/]);
      expect(user.path).toBe('/account/security');
      await clicksTwice(user, 'Turn off', [gap, /\?done=disabled/]);
      expect(user.path).toBe('/account/security?done=disabled');
    },
    storyTime,
  );
}

/** A ticket, and the way out. */
function ticketStory(scene: Scene): void {
  it.each(gaps)(
    'open one ticket and sign out, %i ms apart',
    async (gap) => {
      const { site, user } = scene;
      const ann = await site.account('Ann');
      await user.signsIn(ann);
      await user.goes('/tickets');
      await user.writes('Subject', 'Twice?');
      await user.writes('What can we do for you?', 'It is down.');
      await clicksTwice(user, 'Open ticket', [gap, /^\/tickets\/./]);
      expect(user.path).toMatch(/^\/tickets\/[\w-]+$/);
      expect(await site.database.manager.countBy(TicketRow, { accountId: ann.id })).toBe(1);
      await user.page.locator('header').getByText('Ann', { exact: true }).click();
      await clicksTwice(user, 'Sign out', [gap, /^\/login/]);
      expect(user.path).toBe('/login?done=signed-out');
    },
    storyTime,
  );
}

inChromium((browser) => {
  describe('a double click without scripts', () => {
    const scene = sceneOf(browser, () => portal(), { javaScriptEnabled: false });
    twoFactorStory(scene);
    ticketStory(scene);
  });

  describe('a double click with scripts', () => {
    const scene = sceneOf(browser, () => portal());
    twoFactorStory(scene);
    ticketStory(scene);

    it(
      'sends the form once, and a page shown again has its buttons',
      async () => {
        const { site, user } = scene;
        await user.signsIn(await site.account('Ann'));
        await user.goes('/tickets');
        await user.writes('Subject', 'Once');
        await user.writes('What can we do for you?', 'It is down.');
        const posts: string[] = [];
        user.page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
        await clicksTwice(user, 'Open ticket', [20, /^\/tickets\/./]);
        expect(posts).toHaveLength(1);
        await user.page.goBack();
        expect(await user.named('Open ticket').isEnabled()).toBe(true);
      },
      storyTime,
    );
  });
});
