import type { Provider, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { coreProviders } from './core/providers.js';
import { AccountDirectory } from './core/contracts/ports/account-directory.js';
import { Clock, SystemClock } from './core/contracts/ports/clock.js';
import { EventSink } from './core/contracts/ports/event-sink.js';
import { LoginSession } from './core/contracts/ports/login-session.js';
import { Mailer } from './core/contracts/ports/mailer.js';
import { PageRenderer } from './core/contracts/ports/page-renderer.js';
import { Encryption } from './core/contracts/ports/encryption.js';
import { Translator } from './core/contracts/ports/translator.js';
import { SEALED_STORES, type SealedStore } from './core/contracts/stores/sealed.store.js';
import { Stores } from './core/contracts/stores/stores.js';
import { Routes } from './http/response/routes.js';
import { httpControllers, httpProviders } from './http/providers.js';
import { decorated } from './http/guards/decorated.js';
import { LogSink } from './http/defaults/log.sink.js';
import { SecurityLog } from './core/rate-limits/security-log.js';
import { LoggerSecurityLog } from './http/defaults/security.log.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { Gate } from './http/gate/gate.js';
import { HOST_USER, plainUserId } from './http/gate/host-user.js';
import { TwoFactor } from './two-factor.js';
import type { TwoFactorSetup } from './two-factor.setup.js';
import { AccountServices } from './account-services.js';
import { Maintenance } from './maintenance.js';
import { fromSettings, ownEncryption, ownPages, ownStores, ownTexts } from './two-factor.from-settings.js';

/** The parts of the module. Core, http and storage meet only here and in `two-factor.from-settings.ts`. */
export interface Composition {
  readonly controllers: Type[];
  readonly providers: Provider[];
  readonly exports: (Type | symbol)[];
}

/** All providers and controllers for one host. */
export function composition(setup: TwoFactorSetup): Composition {
  return {
    controllers: httpControllers.map((controller) => decorated(controller, setup.decorate ?? {})),
    providers: [
      ...ports(setup),
      ...fromSettings,
      ...fromSetup(setup),
      ...coreProviders,
      ...httpProviders,
      TwoFactor,
      AccountServices,
      Maintenance,
    ],
    exports: [TwoFactor, Gate, HOST_USER],
  };
}

function ports(setup: TwoFactorSetup): Provider[] {
  return [
    { provide: AccountDirectory, useClass: setup.accounts },
    { provide: LoginSession, useClass: setup.session },
    { provide: Mailer, useClass: setup.mailer ?? SilentMailer },
    { provide: EventSink, useClass: setup.sink ?? LogSink },
    { provide: SecurityLog, useClass: LoggerSecurityLog },
    { provide: Clock, useClass: setup.clock ?? SystemClock },
    setup.stores ? { provide: Stores, useClass: setup.stores } : ownStores,
    setup.encryption ? { provide: Encryption, useClass: setup.encryption } : ownEncryption,
    setup.translator ? { provide: Translator, useClass: setup.translator } : ownTexts,
    setup.renderer ? { provide: PageRenderer, useClass: setup.renderer } : ownPages,
  ];
}

function fromSetup({ paths = {}, user = {}, sealed = [] }: TwoFactorSetup): Provider[] {
  return [
    ...sealed,
    {
      provide: SEALED_STORES,
      useFactory: (stores: Stores, ...own: SealedStore[]) => [...stores.sealed, ...own],
      inject: [Stores, ...sealed],
    },
    {
      provide: Routes,
      useFactory: (application: ApplicationConfig) => new Routes(application, paths),
      inject: [ApplicationConfig],
    },
    { provide: HOST_USER, useValue: { ...{ id: plainUserId }, ...user } },
  ];
}
