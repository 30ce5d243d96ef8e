import type { Provider, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { Acceptance } from './core/verification/acceptance.js';
import { AccountLife } from './core/enrollment/account-life.js';
import { Admission } from './core/login/admission.js';
import { AfterEffects } from './core/outbox/after-effects.js';
import { Attempts } from './core/rate-limits/attempts.js';
import { Challenge } from './core/login/challenge.js';
import { Courier } from './core/challenges/courier.js';
import { Deliveries } from './core/challenges/deliveries.js';
import { Devices } from './core/devices/devices.js';
import { Drafts } from './core/enrollment/drafts.js';
import { Enrolments } from './core/enrollment/enrolment.js';
import { FactorSets } from './core/accounts/factor-sets.js';
import { HandOver } from './core/outbox/hand-over.js';
import { HeldLogins } from './core/login/held-logins.js';
import { Invitations } from './core/passwordless/invitations.js';
import { Judge } from './core/verification/judge.js';
import { KeyFit } from './core/encryption/key-fit.js';
import { Keys } from './core/encryption/keys.js';
import { Overview } from './core/accounts/overview.js';
import { Passwordless } from './core/passwordless/passwordless.js';
import { Passwords } from './core/step-up/passwords.js';
import { AccountDirectory } from './core/contracts/ports/account-directory.js';
import { Clock, SystemClock } from './core/contracts/ports/clock.js';
import { EventSink } from './core/contracts/ports/event-sink.js';
import { LoginSession } from './core/contracts/ports/login-session.js';
import { Mailer } from './core/contracts/ports/mailer.js';
import { PageRenderer } from './core/contracts/ports/page-renderer.js';
import { SecretBox } from './core/contracts/ports/secret-box.js';
import { Translator } from './core/contracts/ports/translator.js';
import { ProtectionFlags } from './core/enrollment/protection-flags.js';
import { Prover } from './core/verification/prover.js';
import { Questions } from './core/challenges/questions.js';
import { Refusals } from './core/verification/refusals.js';
import { Removal } from './core/enrollment/removal.js';
import { Renaming } from './core/enrollment/renaming.js';
import { Renewal } from './core/enrollment/renewal.js';
import { Resealing } from './core/encryption/resealing.js';
import { SendingLimits } from './core/rate-limits/sending-limits.js';
import { Settlement } from './core/login/settlement.js';
import { Standings } from './core/accounts/standing.js';
import { StepUp } from './core/step-up/step-up.js';
import { StepUps } from './core/step-up/step-ups.js';
import { SEALED, type SealedStore } from './core/contracts/stores/sealed.store.js';
import { Stores } from './core/contracts/stores/stores.js';
import { Strangers } from './core/passwordless/strangers.js';
import { Troubles } from './core/verification/troubles.js';
import { Units } from './core/outbox/units.js';
import { Vault } from './core/encryption/vault.js';
import { Addresses } from './http/response/addresses.js';
import { ChallengePage } from './http/challenge/challenge.page.js';
import { CodesPage } from './http/enrollment/codes.page.js';
import { ConfirmPage } from './http/confirm/confirm.page.js';
import { controllers } from './http/controllers.js';
import { decorated } from './http/guards/decorated.js';
import { LogSink } from './http/defaults/log.sink.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { Gate } from './http/gate/gate.js';
import { HOST_USER, plainUserId } from './http/gate/host-user.js';
import { PasswordlessPage } from './http/passwordless/passwordless.page.js';
import { ProblemFilter } from './http/response/problem.filter.js';
import { RecoveryPage } from './http/enrollment/recovery.page.js';
import { Responder } from './http/response/responder.js';
import { SecondFactorRequiredFilter } from './http/gate/second-factor-required.js';
import { SecurityPage } from './http/security/security.page.js';
import { SetUp } from './http/enrollment/set-up.js';
import { Wording } from './http/challenge/wording.js';
import { TwoFactor } from './two-factor.js';
import type { TwoFactorSetup } from './two-factor.setup.js';
import { Upkeep } from './upkeep.js';
import { fromSettings, ownEncryption, ownPages, ownStores, ownTexts } from './two-factor.from-settings.js';

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
    { provide: LoginSession, useClass: setup.session },
    { provide: Mailer, useClass: setup.mailer ?? SilentMailer },
    { provide: EventSink, useClass: setup.sink ?? LogSink },
    { provide: Clock, useClass: setup.clock ?? SystemClock },
    setup.stores ? { provide: Stores, useClass: setup.stores } : ownStores,
    setup.encryption ? { provide: SecretBox, useClass: setup.encryption } : ownEncryption,
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
