import type { INestApplicationContext, LoggerService, LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { SystemClock } from './clock.js';
import { configureApp } from './configure-app.js';
import { connect, DatabaseConnectionError } from './database/connection/connect.js';
import { serverTime } from './database/database-time.js';
import { migrate, migrationsDue } from './database/migrate.js';
import { longWork, requests, type Waits } from './database/connection/waits.js';
import type { PortalParts } from './portal/modules/frame.module.js';
import { HttpAdapter } from './portal/http/http-adapter.js';
import { installedModules } from './portal/modules/installed-modules.js';

/** The parts that a portal starts with. Defaults: the clocks of machine and database, the installed modules, Nest's logger. */
export type Boot = Pick<PortalParts, 'config'> &
  Partial<PortalParts> & { readonly logger?: LoggerService | LogLevel[] | false };

/**
 * Connects, runs the migrations outside production, and creates the portal, which does not listen yet.
 * @throws DatabaseConnectionError with a sentence when the database cannot be used.
 */
export function bootPortal(boot: Boot): Promise<NestExpressApplication> {
  return onDatabase(boot, requests, async (parts, dataSource) => {
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.with(parts, dataSource),
      new HttpAdapter(parts.config.keepAliveSeconds),
      { ...options(boot), bodyParser: false },
    );
    configureApp(app);
    return app.init();
  });
}

/**
 * Creates the same services without the web server, for the command line. Its statements may take long.
 * @throws DatabaseConnectionError
 */
export function bootContext(boot: Boot): Promise<INestApplicationContext> {
  return onDatabase(boot, longWork, (parts, dataSource) =>
    NestFactory.createApplicationContext(AppModule.with(parts, dataSource), options(boot)),
  );
}

async function onDatabase<T>(
  { config, clock = new SystemClock(), databaseTime = serverTime, modules = installedModules }: Boot,
  waits: Waits,
  make: (parts: PortalParts, dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const parts = { config, clock, databaseTime, modules };
  if (!config.production) await migrated(parts);
  return connected(await connect(config, modules, waits), async (dataSource) => {
    if (config.production && (await migrationsDue(dataSource)))
      throw new DatabaseConnectionError(
        'The database is not up to date: run `npm run portal -- migrate` first.',
      );
    return make(parts, dataSource);
  });
}

/** Uses its own connections, since migrations may take longer than a request may wait. */
async function migrated({ config, modules }: PortalParts): Promise<void> {
  await connected(await connect(config, modules, longWork), async (dataSource) => {
    await migrate(dataSource);
    await dataSource.destroy();
  });
}

/** Closes the database when the following step fails. */
async function connected<T>(
  dataSource: DataSource,
  make: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  try {
    return await make(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

function options({ logger }: Boot) {
  return { abortOnError: false, ...(logger === undefined ? {} : { logger }) };
}
