import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { PORTAL_MODULES } from '../portal/modules.js';
import type { PortalModule } from '../portal/portal-module.js';
import { AssetStore } from './asset-store.js';
import { AssetsController } from './assets.controller.js';
import { Frames } from './frames.js';
import { Messages } from './messages.js';
import { Pages } from './pages.js';
import { projectRoot } from './project-root.js';
import { ViewEngine } from './view-engine.js';
import { ViewFinder } from './view-finder.js';
import { viewFunctions } from './view-functions.js';

/** The portal's texts and its modules'; `messages/overrides/` has the last word. */
export function loadMessages(modules: readonly PortalModule[]): Messages {
  const own = join(projectRoot(), 'messages');
  return new Messages([own, ...modules.map((one) => one.messages)], join(own, 'overrides'));
}

/** The portal's stylesheets, pictures and scripts, and its modules' scripts. */
function loadAssets(modules: readonly PortalModule[]): AssetStore {
  return new AssetStore([join(projectRoot(), 'assets'), ...modules.flatMap((one) => one.assets ?? [])]);
}

function makeEngine(messages: Messages, assets: AssetStore, installed: readonly PortalModule[]): ViewEngine {
  const modules = new Map(installed.map((one) => [one.id, one.templates]));
  const finder = new ViewFinder({ host: join(projectRoot(), 'templates'), theme: null, modules });
  return new ViewEngine(finder, viewFunctions(messages, assets));
}

/** Texts, templates, stylesheets. Global: every room makes pages. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [
    Frames,
    Pages,
    { provide: Messages, useFactory: loadMessages, inject: [PORTAL_MODULES] },
    { provide: AssetStore, useFactory: loadAssets, inject: [PORTAL_MODULES] },
    { provide: ViewEngine, useFactory: makeEngine, inject: [Messages, AssetStore, PORTAL_MODULES] },
  ],
  exports: [Frames, Messages, Pages, ViewEngine],
})
export class PagesModule {}
