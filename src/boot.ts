import type { INestApplicationContext, LoggerService, LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { SystemClock } from './clock.js';
import { configureApp } from './configure-app.js';
import { connect, DatabaseRefused } from './database/connect.js';
import { migrate, migrationsDue } from './database/migrate.js';
import type { PortalParts } from './portal/frame.module.js';
import { HttpAdapter } from './portal/http-adapter.js';
import { installedModules } from './portal/installed-modules.js';

/** What a portal starts with; left out: the machine's clock, the installed modules, Nest's logger. */
export type Boot = Pick<PortalParts, 'config'> &
  Partial<PortalParts> & { readonly logger?: LoggerService | LogLevel[] | false };

/**
 * Connects, migrates outside production, and makes the portal, not yet listening.
 * @throws DatabaseRefused with a sentence when the database cannot be used.
 */
export function bootPortal(boot: Boot): Promise<NestExpressApplication> {
  return onDatabase(boot, async (parts, dataSource) => {
    await bringUpToDate(parts, dataSource);
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.with(parts, dataSource),
      new HttpAdapter(parts.config.keepAliveSeconds),
      { ...options(boot), bodyParser: false },
    );
    configureApp(app);
    return app.init();
  });
}

/** The same rooms without the web, for the command line. @throws DatabaseRefused */
export function bootContext(boot: Boot): Promise<INestApplicationContext> {
  return onDatabase(boot, async (parts, dataSource) => {
    await bringUpToDate(parts, dataSource);
    return NestFactory.createApplicationContext(AppModule.with(parts, dataSource), options(boot));
  });
}

async function onDatabase<T>(
  { config, clock = new SystemClock(), modules = installedModules }: Boot,
  make: (parts: PortalParts, dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = await connect(config, modules);
  try {
    return await make({ config, clock, modules }, dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

async function bringUpToDate({ config }: PortalParts, dataSource: DataSource): Promise<void> {
  if (!config.production) await migrate(dataSource);
  else if (await migrationsDue(dataSource))
    throw new DatabaseRefused('The database is not up to date: run `npm run portal -- migrate` first.');
}

function options({ logger }: Boot) {
  return { abortOnError: false, ...(logger === undefined ? {} : { logger }) };
}
