import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TwoFactor } from 'nestjs-two-factor';
import { DataSource } from 'typeorm';
import type { Role } from '../../src/accounts/account.js';
import { bootPortal } from '../../src/boot.js';
import { type Config, readConfig } from '../../src/config.js';
import { HandOver } from '../../src/events/hand-over.js';
import type { PortalModule } from '../../src/portal/portal-module.js';
import { makeAccount, type Person } from './accounts.js';
import { type DatabaseKind, type EmptyDatabase, emptyDatabase } from './databases.js';
import { Inbox } from './inbox.js';
import { FixedClock } from './fixed-clock.js';
import { Visitor } from './visitor.js';

/** What is special about a portal under test. */
export interface PortalChoices {
  readonly database?: DatabaseKind;
  /** Left out: the installed ones. */
  readonly modules?: readonly PortalModule[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logger?: LoggerService;
  /** Another portal whose database and secrets this one shares: a second node. */
  readonly besides?: Portal;
}

/** The real portal on a random port, with a database, a data folder and a clock of its own. */
export class Portal {
  private constructor(
    readonly app: NestExpressApplication,
    readonly config: Config,
    readonly clock: FixedClock,
    private readonly leave: () => Promise<void>,
  ) {}

  static async start(choices: PortalChoices = {}): Promise<Portal> {
    const { besides } = choices;
    const folder = besides?.config.dataFolder ?? (await mkdtemp(join(tmpdir(), 'portal-')));
    const scratch = besides ? null : await emptyDatabase(choices.database ?? 'sqlite', folder);
    const config = readConfig(
      await environment(folder, besides ? urlOf(besides.config) : scratch!.url, choices),
    );
    const clock = besides?.clock ?? new FixedClock();
    const { modules, logger = false } = choices;
    const app = await bootPortal({ config, clock, logger, ...(modules ? { modules } : {}) });
    await app.listen(config.port, config.host);
    return new Portal(app, config, clock, () => cleanUp(folder, scratch));
  }

  get url(): string {
    return `http://127.0.0.1:${this.config.port}`;
  }

  get database(): DataSource {
    return this.app.get(DataSource);
  }

  /** Somebody with a browser and an address of their own. */
  visitor(): Visitor {
    return new Visitor(this.url);
  }

  /** An account that no other test has. */
  account(name: string, role: Role = 'customer'): Promise<Person> {
    return makeAccount(this.app, name, role);
  }

  get inbox(): Inbox {
    return new Inbox(this.config.dataFolder);
  }

  /** Resolves when all events told so far have been handed over. */
  async settled(): Promise<void> {
    await this.app.get(HandOver).settled();
    await this.app.get(TwoFactor, { strict: false }).settled();
  }

  /** Stops the portal; the database and the folder go with the first node. */
  async close(): Promise<void> {
    await this.app.close();
    await this.leave();
  }
}

/** Starts a portal; close it in `afterAll`. */
export function portal(choices?: PortalChoices): Promise<Portal> {
  return Portal.start(choices);
}

async function environment(
  folder: string,
  database: string,
  { env }: PortalChoices,
): Promise<Record<string, string>> {
  const port = String(await freePort());
  return {
    PORT: port,
    PORTAL_DATA: folder,
    DATABASE_URL: database,
    // Each visitor has an address of their own, as a proxy in front would say it.
    TRUST_PROXY: '1',
    // The real cost would be most of a test's time.
    PASSWORD_HASH: 'm=256,t=1,p=1',
    ...env,
  };
}

function urlOf({ database }: Config): string {
  return database.type === 'better-sqlite3' ? `sqlite:${database.path}` : database.url;
}

async function cleanUp(folder: string, scratch: EmptyDatabase | null): Promise<void> {
  if (!scratch) return;
  await scratch.drop();
  await rm(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
