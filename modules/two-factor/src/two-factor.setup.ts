import type { ModuleMetadata, Type } from '@nestjs/common';
import type { AccountDirectory } from './core/contracts/ports/account-directory.js';
import type { Clock } from './core/contracts/ports/clock.js';
import type { EventSink } from './core/contracts/ports/event-sink.js';
import type { LoginSession } from './core/contracts/ports/login-session.js';
import type { Mailer } from './core/contracts/ports/mailer.js';
import type { PageRenderer } from './core/contracts/ports/page-renderer.js';
import type { Translator } from './core/contracts/ports/translator.js';
import type { Encryption } from './core/contracts/ports/encryption.js';
import type { Stores } from './core/contracts/stores/stores.js';
import type { SealedStore } from './core/contracts/stores/sealed.store.js';
import type { HostPaths } from './http/response/routes.js';
import type { HostUser } from './http/gate/host-user.js';
import type { Access } from './http/guards/access.js';
import type { TwoFactorOptions } from './two-factor.options.js';

/** How the module is fitted into a host: known before anything is injected, so it stands beside `useFactory`. */
export interface TwoFactorSetup {
  /** Where accounts come from: the one adapter that a host must write. */
  readonly accounts: Type<AccountDirectory>;
  /** Sessions: `PassportSession` of `nestjs-two-factor/passport` for passport and express-session, or your own. */
  readonly session: Type<LoginSession>;
  /** Mail. Default: no mails are sent. */
  readonly mailer?: Type<Mailer>;
  /** Pages. Default: a plain layout of the package's own. */
  readonly renderer?: Type<PageRenderer>;
  /** Texts. Default: the package's own, in English. */
  readonly translator?: Type<Translator>;
  /** Events. Default: a line in the log. */
  readonly sink?: Type<EventSink>;
  /** Storage of factors, tokens, counters and events. Default: TypeORM, on the host's `DataSource`. */
  readonly stores?: Type<Stores>;
  /** Encryption of stored values. Default: AES-256-GCM under the key ring of the option `keys`, which is then required. */
  readonly encryption?: Type<Encryption>;
  /** The time. Default: the machine's. */
  readonly clock?: Type<Clock>;
  /** The host's user objects. Default: the id is `String(user.id)`. */
  readonly user?: Partial<HostUser>;
  /** The host's sign-in and home pages. Default: `/login` and `/`. */
  readonly paths?: HostPaths;
  /** The host's own decorators for the package's controllers, by access level, so that its global guard lets them through. */
  readonly decorate?: Readonly<Partial<Record<Access, readonly ClassDecorator[]>>>;
  /** Other values that the host seals with the same keys; they are counted and rotated with the module's own. Default: none. */
  readonly sealed?: readonly Type<SealedStore>[];
  /** Modules whose providers the adapters inject. */
  readonly imports?: ModuleMetadata['imports'];
}

/** `forRoot`: set-up and options in one. */
export type TwoFactorRoot = TwoFactorSetup & TwoFactorOptions;

/** `forRootAsync`: options from a factory, whose arguments are injected. */
export interface TwoFactorAsyncRoot<Injected extends readonly unknown[] = never[]> extends TwoFactorSetup {
  readonly inject?: { readonly [I in keyof Injected]: Type<Injected[I]> | string | symbol };
  useFactory(...injected: Injected): TwoFactorOptions | Promise<TwoFactorOptions>;
}
