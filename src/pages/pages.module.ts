import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config.js';
import { PORTAL_MODULES } from '../portal/modules/modules.js';
import type { PortalModule } from '../portal/modules/portal-module.js';
import { AssetStore } from './assets/asset-store.js';
import { AssetsController } from './assets/assets.controller.js';
import { Banners } from './banners.js';
import { LayoutContexts } from './layout-contexts.js';
import { Messages } from './texts/messages.js';
import { Pages } from './pages.js';
import { projectRoot, themesFolder } from './common/project-root.js';
import { ViewEngine } from './views/view-engine.js';
import { ViewFinder } from './views/view-finder.js';
import { viewFunctions } from './views/view-functions.js';

/** The texts of the portal and its modules. A theme's texts override those, and `messages/overrides/` overrides all. */
export function loadMessages(modules: readonly PortalModule[], theme: string | null = null): Messages {
  const own = join(projectRoot(), 'messages');
  const brand = theme === null ? [] : [join(themesFolder(), theme, 'messages')];
  return new Messages(
    [own, ...modules.flatMap((one) => [one.messages, ...(one.added?.messages ?? [])])],
    [...brand, join(own, 'overrides')],
  );
}

/** The portal's stylesheets, pictures and scripts, its modules' scripts, and the replacements of a theme. */
function loadAssets({ theme }: Config, modules: readonly PortalModule[]): AssetStore {
  const brand = theme === null ? [] : [join(themesFolder(), theme)];
  const theirs = modules.flatMap((one) => one.assets ?? []);
  return new AssetStore([join(projectRoot(), 'assets'), ...theirs, ...brand]);
}

function makeFinder({ theme }: Config, installed: readonly PortalModule[]): ViewFinder {
  const modules = new Map(installed.map((one) => [one.id, [one.templates, ...(one.added?.templates ?? [])]]));
  return new ViewFinder({ host: join(projectRoot(), 'templates'), theme, modules });
}

function makeEngine(finder: ViewFinder, messages: Messages, assets: AssetStore): ViewEngine {
  return new ViewEngine(finder, viewFunctions(messages, assets));
}

/** Texts, templates, stylesheets. Global, because every module renders pages. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [
    Banners,
    LayoutContexts,
    Pages,
    {
      provide: Messages,
      useFactory: ({ theme }: Config, modules: readonly PortalModule[]) => loadMessages(modules, theme),
      inject: [Config, PORTAL_MODULES],
    },
    { provide: AssetStore, useFactory: loadAssets, inject: [Config, PORTAL_MODULES] },
    { provide: ViewFinder, useFactory: makeFinder, inject: [Config, PORTAL_MODULES] },
    { provide: ViewEngine, useFactory: makeEngine, inject: [ViewFinder, Messages, AssetStore] },
  ],
  exports: [AssetStore, Banners, LayoutContexts, Messages, Pages, ViewEngine],
})
export class PagesModule {}
