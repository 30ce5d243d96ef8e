import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Portal } from '../../support/portal/portal.js';
import { storyTime } from './chromium.js';
import { BrowserUser } from './browser-user.js';

/** What stories in a browser have around them. */
export class Scene {
  /** One for all of them. */
  site: Portal;
  /** Somebody else in each; a browser that complains fails the story. */
  user: BrowserUser;
}

/** Sets the scene for the stories of a `describe`; it is there from its `beforeAll` on. */
export function sceneOf(
  browser: () => Browser,
  open: () => Promise<Portal>,
  options?: BrowserContextOptions,
): Scene {
  const scene = new Scene();
  beforeAll(async () => {
    scene.site = await open();
  }, storyTime);
  afterAll(() => scene.site.close());
  beforeEach(async () => {
    scene.user = await BrowserUser.sitsDown(browser(), scene.site, options);
  });
  afterEach(async () => {
    expect(scene.user.complaints).toEqual([]);
    await scene.user.leaves();
  });
  return scene;
}
