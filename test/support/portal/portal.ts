import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TwoFactor } from 'nestjs-two-factor';
import { DataSource } from 'typeorm';
import type { Role } from '../../../src/accounts/account.js';
import { ResetWorker } from '../../../src/auth/password-reset/reset-worker.js';
import { bootPortal } from '../../../src/boot.js';
import { type Config, readConfig } from '../../../src/config.js';
import type { DatabaseTime } from '../../../src/database/database-time.js';
import { OutboxRelay } from '../../../src/events/outbox-relay.js';
import { MailDelivery } from '../../../src/mail/queue/mail-delivery.js';
import { InstalledModules } from '../../../src/portal/modules/modules.js';
import type { PortalModule } from '../../../src/portal/modules/portal-module.js';
import { makeAccount, type Person } from '../people/accounts.js';
import type { DatabaseKind } from '../databases/databases.js';
import { FixedClock } from './fixed-clock.js';
import { freePort } from './free-port.js';
import { type TestEnvironment, newTestEnvironment } from './test-environment.js';
import { Inbox } from '../people/inbox.js';
import { Visitor } from '../people/visitor.js';

type Environment = Readonly<Record<string, string>>;

/** The options of a portal under test. */
export interface PortalChoices {
  readonly database?: DatabaseKind;
  /** Default: the installed ones. */
  readonly modules?: readonly PortalModule[];
  readonly env?: Environment;
  readonly logger?: LoggerService;
  /** Another portal with the same database and secrets: this one is its second node. */
  readonly besides?: Portal;
  /** The second node's own clock. Default: that of the first. */
  readonly clock?: FixedClock;
  /** The clock of the database. Default: that of the portal, which the real one differs from. */
  readonly databaseTime?: DatabaseTime;
}

/** The real portal on a random port, with a database, a data folder and a clock of its own. */
export class Portal {
  private constructor(
    readonly app: NestExpressApplication,
    readonly config: Config,
    readonly clock: FixedClock,
    private readonly leave: () => Promise<void>,
  ) {}

  /** All running nodes of the same database, this one among them: any of them may take a job. */
  private nodes = new Set<Portal>([this]);

  /** Starts in exactly this environment. */
  static async boot(
    env: Environment,
    { clock, leave }: Pick<TestEnvironment, 'clock' | 'leave'>,
    choices: PortalChoices = {},
  ): Promise<Portal> {
    const { modules, logger = false, databaseTime = () => Promise.resolve(clock.now()) } = choices;
    const config = readConfig(env);
    const app = await bootPortal({ config, clock, databaseTime, logger, ...(modules ? { modules } : {}) });
    await app.listen(config.port, config.host);
    return new Portal(app, config, clock, leave).besides(choices.besides);
  }

  get url(): string {
    return `http://127.0.0.1:${this.config.port}`;
  }

  get database(): DataSource {
    return this.app.get(DataSource);
  }

  /** The database URL of the environment. */
  get databaseUrl(): string {
    const { database } = this.config;
    return database.type === 'better-sqlite3' ? `sqlite:${database.path}` : database.url;
  }

  get inbox(): Inbox {
    return new Inbox(this.config.dataFolder);
  }

  /** A person with a browser and an address of their own. */
  visitor(): Visitor {
    return new Visitor(this.url);
  }

  /** A new account. */
  account(name: string, role: Role = 'customer'): Promise<Person> {
    return makeAccount(this.app, name, role);
  }

  /** Resolves when all events of all nodes so far are delivered, and their mails are delivered or postponed. */
  async settled(): Promise<void> {
    for (const { app } of this.nodes) await app.get(ResetWorker).settled();
    // A subscriber of an event may record another one.
    for (const node of [...this.nodes, ...this.nodes]) await node.eventsSettled();
    for (const { app } of this.nodes) await app.get(MailDelivery).settled();
  }

  private besides(first: Portal | undefined): this {
    if (first) this.nodes = first.nodes.add(this);
    return this;
  }

  private async eventsSettled(): Promise<void> {
    await this.app.get(OutboxRelay).settled();
    const { list } = this.app.get(InstalledModules);
    if (list.some(({ id }) => id === 'two-factor'))
      await this.app.get(TwoFactor, { strict: false }).settled();
  }

  /** Delivers events and mails that another node left; according to this portal's clock their claims have ended. */
  async sweeps(): Promise<void> {
    this.app.get(ResetWorker).enqueue();
    await this.app.get(ResetWorker).settled();
    await this.app.get(OutboxRelay).sweep();
    await this.app.get(TwoFactor, { strict: false }).sweep();
    await this.app.get(MailDelivery).sweep();
    await this.app.get(MailDelivery).settled();
  }

  /** Stops the portal. The first node also deletes the database and the folder. */
  async close(): Promise<void> {
    this.nodes.delete(this);
    await this.app.close();
    await this.leave();
  }
}

/** Starts a portal; close it in `afterAll`. */
export async function portal(choices: PortalChoices = {}): Promise<Portal> {
  const { besides, database = 'sqlite', modules } = choices;
  const testEnvironment = besides ? shared(besides) : await newTestEnvironment(database, !!modules);
  const { clock = testEnvironment.clock } = choices;
  return Portal.boot(
    await environment(testEnvironment, choices),
    { clock, leave: testEnvironment.leave },
    choices,
  );
}

/** A portal with exactly this environment; the caller owns its database and folder. */
export function portalOn(env: Environment): Promise<Portal> {
  return Portal.boot(env, { clock: new FixedClock(), leave: () => Promise.resolve() });
}

/** The environment of the first node, which also cleans up. */
function shared({ config, clock, databaseUrl: url }: Portal): TestEnvironment {
  return { folder: config.dataFolder, url, clock, leave: () => Promise.resolve() };
}

async function environment({ folder, url }: TestEnvironment, { env }: PortalChoices): Promise<Environment> {
  return {
    ...{ PORT: String(await freePort()), PORTAL_DATA: folder, DATABASE_URL: url },
    // Each visitor has an address of their own, sent as a proxy would.
    ...{ TRUST_PROXY: '1' },
    // The real costs would take most of a test's time.
    ...{ PASSWORD_HASH: 'm=256,t=1,p=1', BACKUP_CODE_HASH: 'N=1024' },
    ...env,
  };
}
