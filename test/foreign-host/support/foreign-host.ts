import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { MemoryStore, type Store } from 'express-session';
import { Clock, TwoFactor } from 'nestjs-two-factor';
import { FixedClock } from 'nestjs-two-factor/testing';
import { Visitor } from '../../support/people/visitor.js';
import { withSessions } from '../host/configure.js';
import { Diary } from '../host/diary.js';
import { Users } from '../host/users.js';

/** The options of a host under test. */
export interface HostChoices {
  readonly app: Type;
  readonly configure?: (app: NestExpressApplication) => void;
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** The session store. Default: express-session's memory store. */
  readonly store?: Store;
  /** Adds the session middleware to the application. Default: by `app.use`. */
  readonly sessions?: (app: NestExpressApplication, store: Store) => void;
}

/** A person with a password at the foreign host. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

let people = 0;

/** A portal that is not ours, on a random port, with a database, sessions and a clock of its own. */
export class ForeignHost {
  readonly clock = new FixedClock();
  /** The user of each request at its end, by address. */
  readonly users = new Map<string, unknown>();
  url = '';
  private app: NestExpressApplication;

  private constructor(readonly store: Store) {}

  static async start(choices: HostChoices): Promise<ForeignHost> {
    const { app, configure, override = (same) => same, store = new MemoryStore() } = choices;
    const host = new ForeignHost(store);
    const builder = Test.createTestingModule({ imports: [app] });
    const built = await override(builder.overrideProvider(Clock).useValue(host.clock)).compile();
    host.app = built.createNestApplication<NestExpressApplication>({ logger: false });
    (choices.sessions ?? withSessions)(host.app, host.store);
    host.app.use(host.watch);
    configure?.(host.app);
    await host.app.listen(0, '127.0.0.1');
    host.url = (await host.app.getUrl()).replace('[::1]', '127.0.0.1');
    return host;
  }

  async member(name: string): Promise<Member> {
    people += 1;
    const [email, password] = [`${name.toLowerCase()}${people}@example.com`, `${name} likes hosting`];
    const { id } = await this.get(Users).add(email, name, password);
    return { id: String(id), name, email, password };
  }

  /** Whether the host's own row says that a second factor is on. */
  async isGuarded({ id }: Member): Promise<boolean> {
    return (await this.get(Users).byId(Number(id)))?.guarded ?? false;
  }

  /** Closes an account. */
  closes({ id }: Member): Promise<void> {
    return this.get(Users).close(Number(id));
  }

  visitor(): Visitor {
    return new Visitor(this.url);
  }

  get<T>(token: Type<T>): T {
    return this.app.get(token, { strict: false });
  }

  /** The events of an account, in order, after their delivery. */
  async told({ id }: Member): Promise<string[]> {
    await this.get(TwoFactor).settled();
    return this.get(Diary).of(id);
  }

  /** All sessions in the store. */
  sessions(): Promise<Record<string, unknown>[]> {
    return new Promise((resolve, reject) => {
      this.store.all?.((error, sessions) => {
        if (error) reject(error as Error);
        else resolve(Object.values(sessions ?? {}) as unknown as Record<string, unknown>[]);
      });
    });
  }

  close(): Promise<void> {
    return this.app.close();
  }

  private readonly watch = (request: Request, response: Response, next: () => void): void => {
    response.on('finish', () => this.users.set(request.path, request.user));
    next();
  };
}
