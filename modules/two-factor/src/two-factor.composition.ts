import type { Provider, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Acceptance } from './core/acceptance.js';
import { AccountLife } from './core/account-life.js';
import { Admission } from './core/admission.js';
import { AfterEffects } from './core/after-effects.js';
import { Attempts } from './core/attempts.js';
import { Challenge } from './core/challenge.js';
import { Courier } from './core/courier.js';
import { Deliveries } from './core/deliveries.js';
import { Devices } from './core/devices.js';
import { Drafts } from './core/drafts.js';
import { Enrolments } from './core/enrolment.js';
import { FactorSets } from './core/factor-sets.js';
import { Freshness } from './core/freshness.js';
import { HandOver } from './core/hand-over.js';
import { HeldLogins } from './core/held-logins.js';
import { Invitations } from './core/invitations.js';
import { Judge } from './core/judge.js';
import { KeyFit } from './core/key-fit.js';
import { Keys } from './core/keys.js';
import { Overview } from './core/overview.js';
import { Passwordless } from './core/passwordless.js';
import { Passwords } from './core/passwords.js';
import { AccountDirectory } from './core/ports/account-directory.js';
import { Clock, SystemClock } from './core/ports/clock.js';
import { EventSink } from './core/ports/event-sink.js';
import { LoginSession } from './core/ports/login-session.js';
import { Mailer } from './core/ports/mailer.js';
import { PageRenderer } from './core/ports/page-renderer.js';
import { Translator } from './core/ports/translator.js';
import { ProtectionFlags } from './core/protection-flags.js';
import { Prover } from './core/prover.js';
import { Questions } from './core/questions.js';
import { Refusals } from './core/refusals.js';
import { Removal } from './core/removal.js';
import { Renaming } from './core/renaming.js';
import { Renewal } from './core/renewal.js';
import { Resealing } from './core/resealing.js';
import { SEALED } from './core/sealed.js';
import { SendingLimits } from './core/sending-limits.js';
import { Settlement } from './core/settlement.js';
import { Standings } from './core/standing.js';
import { StepUp } from './core/step-up.js';
import { StepUps } from './core/step-ups.js';
import type { SealedStore } from './core/stores/sealed.store.js';
import { Stores } from './core/stores/stores.js';
import { Strangers } from './core/strangers.js';
import { Troubles } from './core/troubles.js';
import { Units } from './core/units.js';
import { Vault } from './core/vault.js';
import { Addresses } from './http/addresses.js';
import { ChallengePage } from './http/challenge.page.js';
import { CodesPage } from './http/codes.page.js';
import { ConfirmPage } from './http/confirm.page.js';
import { controllers } from './http/controllers.js';
import { decorated } from './http/decorated.js';
import { EmitterSink } from './http/defaults/emitter.sink.js';
import { PassportSession } from './http/defaults/passport.session.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { Gate } from './http/gate.js';
import { HOST_USER, plainUserId } from './http/host-user.js';
import { PasswordlessPage } from './http/passwordless.page.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RecoveryPage } from './http/recovery.page.js';
import { Responder } from './http/responder.js';
import { SecondFactorRequiredFilter } from './http/second-factor-required.js';
import { SecurityPage } from './http/security.page.js';
import { SetUp } from './http/set-up.js';
import { Wording } from './http/wording.js';
import { TypeOrmStores } from './storage/typeorm.stores.js';
import { TwoFactor } from './two-factor.js';
import type { TwoFactorSetup } from './two-factor.setup.js';
import { Upkeep } from './upkeep.js';
import { fromSettings, ownPages, ownTexts } from './two-factor.from-settings.js';

/** What the module is made of: here and in `two-factor.from-settings.ts` core, http and storage meet, and nowhere else. */
export interface Composition {
  readonly controllers: Type[];
  readonly providers: Provider[];
  readonly exports: (Type | symbol)[];
}

/** The rules. */
const rules: Provider[] = [
  ...[
    Acceptance,
    AccountLife,
    Admission,
    AfterEffects,
    Attempts,
    Challenge,
    Courier,
    Deliveries,
    Devices,
    Drafts,
    Enrolments,
    FactorSets,
  ],
  ...[
    Freshness,
    HandOver,
    HeldLogins,
    Invitations,
    Judge,
    KeyFit,
    Keys,
    Overview,
    Passwordless,
    Passwords,
    ProtectionFlags,
    Prover,
    Questions,
    Refusals,
    Removal,
    Renaming,
  ],
  ...[
    Renewal,
    Resealing,
    SendingLimits,
    Settlement,
    Standings,
    StepUp,
    StepUps,
    Strangers,
    Troubles,
    Units,
    Vault,
  ],
];

/** The pages. */
const pages: Provider[] = [
  ...[
    ChallengePage,
    CodesPage,
    ConfirmPage,
    Gate,
    PasswordlessPage,
    RecoveryPage,
    Responder,
    SecurityPage,
    SetUp,
    Wording,
  ],
  ...[ProblemFilter, SecondFactorRequiredFilter],
];

/** Everything, fitted to a host. */
export function composition(setup: TwoFactorSetup): Composition {
  return {
    controllers: controllers.map((controller) => decorated(controller, setup.decorate ?? {})),
    providers: [...ports(setup), ...fromSettings, ...fromSetup(setup), ...rules, ...pages, TwoFactor, Upkeep],
    exports: [TwoFactor, Gate, HOST_USER],
  };
}

function ports(setup: TwoFactorSetup): Provider[] {
  return [
    { provide: AccountDirectory, useClass: setup.accounts },
    { provide: LoginSession, useClass: setup.session ?? PassportSession },
    { provide: Mailer, useClass: setup.mailer ?? SilentMailer },
    { provide: EventSink, useClass: setup.sink ?? EmitterSink },
    { provide: Clock, useClass: setup.clock ?? SystemClock },
    { provide: Stores, useFactory: (source: DataSource) => new TypeOrmStores(source), inject: [DataSource] },
    setup.translator ? { provide: Translator, useClass: setup.translator } : ownTexts,
    setup.renderer ? { provide: PageRenderer, useClass: setup.renderer } : ownPages,
  ];
}

function fromSetup({ paths = {}, user = {}, sealed = [] }: TwoFactorSetup): Provider[] {
  return [
    ...sealed,
    {
      provide: SEALED,
      useFactory: (stores: Stores, ...own: SealedStore[]) => [...stores.sealed, ...own],
      inject: [Stores, ...sealed],
    },
    {
      provide: Addresses,
      useFactory: (application: ApplicationConfig) => new Addresses(application, paths),
      inject: [ApplicationConfig],
    },
    { provide: HOST_USER, useValue: { id: plainUserId, ...user } },
  ];
}
