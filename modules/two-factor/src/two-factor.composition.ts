import type { Provider, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { VerificationCommit } from './core/verification/verification-commit.js';
import { AccountAdmin } from './core/enrollment/account-admin.js';
import { LoginGate } from './core/login/login-gate.js';
import { SideEffects } from './core/outbox/side-effects.js';
import { RateLimits } from './core/rate-limits/rate-limits.js';
import { Challenge } from './core/login/challenge.js';
import { CodeSender } from './core/challenges/code-sender.js';
import { CodeDelivery } from './core/challenges/code-delivery.js';
import { TrustedDevices } from './core/devices/trusted-devices.js';
import { Drafts } from './core/enrollment/drafts.js';
import { Enrollment } from './core/enrollment/enrollment.js';
import { FactorSetWriter } from './core/accounts/factor-set-writer.js';
import { OutboxRelay } from './core/outbox/outbox-relay.js';
import { PendingLogins } from './core/login/pending-logins.js';
import { PasswordlessChallenges } from './core/passwordless/passwordless-challenges.js';
import { FactorMatcher } from './core/verification/factor-matcher.js';
import { KeyRingCheck } from './core/encryption/key-ring-check.js';
import { KeyReports } from './core/encryption/key-reports.js';
import { StatusReader } from './core/accounts/status-reader.js';
import { Passwordless } from './core/passwordless/passwordless.js';
import { PasswordCheck } from './core/step-up/password-check.js';
import { AccountDirectory } from './core/contracts/ports/account-directory.js';
import { Clock, SystemClock } from './core/contracts/ports/clock.js';
import { EventSink } from './core/contracts/ports/event-sink.js';
import { LoginSession } from './core/contracts/ports/login-session.js';
import { Mailer } from './core/contracts/ports/mailer.js';
import { PageRenderer } from './core/contracts/ports/page-renderer.js';
import { Encryption } from './core/contracts/ports/encryption.js';
import { Translator } from './core/contracts/ports/translator.js';
import { ProtectionFlags } from './core/enrollment/protection-flags.js';
import { VerificationService } from './core/verification/verification-service.js';
import { ChallengeStates } from './core/challenges/challenge-states.js';
import { FailureEvents } from './core/verification/failure-events.js';
import { FactorRemoval } from './core/enrollment/factor-removal.js';
import { FactorRenaming } from './core/enrollment/factor-renaming.js';
import { RecoveryCodes } from './core/enrollment/recovery-codes.js';
import { KeyRotation } from './core/encryption/key-rotation.js';
import { SendQuota } from './core/rate-limits/send-quota.js';
import { Settlement } from './core/login/settlement.js';
import { AccountStateReader } from './core/accounts/account-state.js';
import { StepUp } from './core/step-up/step-up.js';
import { StepUpTokens } from './core/step-up/step-up-tokens.js';
import { SEALED_STORES, type SealedStore } from './core/contracts/stores/sealed.store.js';
import { Stores } from './core/contracts/stores/stores.js';
import { AnonymousFailures } from './core/passwordless/anonymous-failures.js';
import { FactorFailures } from './core/verification/factor-failures.js';
import { Transactions } from './core/outbox/transactions.js';
import { SecretStorage } from './core/encryption/secret-storage.js';
import { Routes } from './http/response/routes.js';
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
import { SetUp } from './http/enrollment/enrollment.page.js';
import { ProblemMessages } from './http/challenge/problem-messages.js';
import { TwoFactor } from './two-factor.js';
import type { TwoFactorSetup } from './two-factor.setup.js';
import { Maintenance } from './maintenance.js';
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
    VerificationCommit,
    AccountAdmin,
    LoginGate,
    SideEffects,
    RateLimits,
    Challenge,
    CodeSender,
    CodeDelivery,
    TrustedDevices,
    Drafts,
    Enrollment,
    FactorSetWriter,
  ],
  ...[
    OutboxRelay,
    PendingLogins,
    PasswordlessChallenges,
    FactorMatcher,
    KeyRingCheck,
    KeyReports,
    StatusReader,
    Passwordless,
    PasswordCheck,
    ProtectionFlags,
    VerificationService,
    ChallengeStates,
    FailureEvents,
    FactorRemoval,
    FactorRenaming,
  ],
  ...[
    RecoveryCodes,
    KeyRotation,
    SendQuota,
    Settlement,
    AccountStateReader,
    StepUp,
    StepUpTokens,
    AnonymousFailures,
    FactorFailures,
    Transactions,
    SecretStorage,
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
    ProblemMessages,
  ],
  ...[ProblemFilter, SecondFactorRequiredFilter],
];

/** Everything, fitted to a host. */
export function composition(setup: TwoFactorSetup): Composition {
  return {
    controllers: controllers.map((controller) => decorated(controller, setup.decorate ?? {})),
    providers: [
      ...ports(setup),
      ...fromSettings,
      ...fromSetup(setup),
      ...rules,
      ...pages,
      TwoFactor,
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
    { provide: HOST_USER, useValue: { id: plainUserId, ...user } },
  ];
}
