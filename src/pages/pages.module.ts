import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { installedModules } from '../portal/installed-modules.js';
import { AssetStore } from './asset-store.js';
import { AssetsController } from './assets.controller.js';
import { Frames } from './frames.js';
import { Messages } from './messages.js';
import { Pages } from './pages.js';
import { projectRoot } from './project-root.js';
import { ViewEngine } from './view-engine.js';
import { ViewFinder } from './view-finder.js';
import { viewHelpers } from './view-helpers.js';

/** The portal's texts and its modules'; `messages/overrides/` has the last word. */
export function loadMessages(): Messages {
  const own = join(projectRoot(), 'messages');
  return new Messages([own, ...installedModules.map((one) => one.messages)], join(own, 'overrides'));
}

function makeEngine(messages: Messages, assets: AssetStore): ViewEngine {
  const modules = new Map(installedModules.map((one) => [one.id, one.templates]));
  const finder = new ViewFinder({ host: join(projectRoot(), 'templates'), theme: null, modules });
  return new ViewEngine(
    finder,
    viewHelpers(messages, (name) => assets.address(name)),
  );
}

/** Texts, templates, stylesheets. Global: every room makes pages. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [
    Frames,
    Pages,
    { provide: Messages, useFactory: loadMessages },
    { provide: AssetStore, useFactory: () => new AssetStore([join(projectRoot(), 'assets')]) },
    { provide: ViewEngine, useFactory: makeEngine, inject: [Messages, AssetStore] },
  ],
  exports: [Frames, Messages, Pages, ViewEngine],
})
export class PagesModule {}
