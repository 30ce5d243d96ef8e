import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Portal } from '../../support/portal/portal.js';
import { storyTime } from './chromium.js';
import { BrowserUser } from './browser-user.js';

/** The environment of stories in a browser. */
export class Scene {
  /** One portal for all of them. */
  site: Portal;
  /** A new person in each story; an error in the browser fails the story. */
  user: BrowserUser;
}

/** Prepares the environment for the stories of a `describe`, in its `beforeAll`. */
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
