import type { Provider, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Acceptance } from './core/acceptance.js';
import { AccountLife } from './core/account-life.js';
import { Admission } from './core/admission.js';
import { AfterEffects } from './core/after-effects.js';
import { Attempts } from './core/attempts.js';
import { Challenge } from './core/challenge.js';
import { Devices } from './core/devices.js';
import { Drafts } from './core/drafts.js';
import { Enrolments } from './core/enrolment.js';
import { FactorRegistry } from './core/factor-registry.js';
import { FactorSets } from './core/factor-sets.js';
import { Freshness } from './core/freshness.js';
import { HandOver } from './core/hand-over.js';
import { HeldLogins } from './core/held-logins.js';
import { Judge } from './core/judge.js';
import { Keys } from './core/keys.js';
import { Overview } from './core/overview.js';
import { Passwords } from './core/passwords.js';
import { Policy } from './core/policy.js';
import { AccountDirectory } from './core/ports/account-directory.js';
import { Clock, SystemClock } from './core/ports/clock.js';
import { EventSink } from './core/ports/event-sink.js';
import { LoginSession } from './core/ports/login-session.js';
import { Mailer } from './core/ports/mailer.js';
import { PageRenderer } from './core/ports/page-renderer.js';
import { SecretBox } from './core/ports/secret-box.js';
import { Translator } from './core/ports/translator.js';
import { Prover } from './core/prover.js';
import { Refusals } from './core/refusals.js';
import { Removal } from './core/removal.js';
import { Renaming } from './core/renaming.js';
import { Renewal } from './core/renewal.js';
import { Resealing } from './core/resealing.js';
import { SEALED } from './core/sealed.js';
import { Settlement } from './core/settlement.js';
import { Standings } from './core/standing.js';
import { StepUp } from './core/step-up.js';
import { StepUps } from './core/step-ups.js';
import type { SealedStore } from './core/stores/sealed.store.js';
import { Stores } from './core/stores/stores.js';
import { Troubles } from './core/troubles.js';
import { Units } from './core/units.js';
import { Vault } from './core/vault.js';
import { twoFactorMessages, twoFactorTemplates } from './folders.js';
import { Addresses } from './http/addresses.js';
import { ChallengePage } from './http/challenge.page.js';
import { BRAND, CodesPage } from './http/codes.page.js';
import { ConfirmPage } from './http/confirm.page.js';
import { CancelController } from './http/controllers/cancel.controller.js';
import { ChallengeController } from './http/controllers/challenge.controller.js';
import { ConfirmController } from './http/controllers/confirm.controller.js';
import { DevicesController } from './http/controllers/devices.controller.js';
import { FactorsController } from './http/controllers/factors.controller.js';
import { ManageController } from './http/controllers/manage.controller.js';
import { RequiredSetUpController } from './http/controllers/required-set-up.controller.js';
import { SecurityController } from './http/controllers/security.controller.js';
import { SetUpController } from './http/controllers/set-up.controller.js';
import { decorated } from './http/decorated.js';
import { EmitterSink } from './http/defaults/emitter.sink.js';
import { JsonTranslator } from './http/defaults/json.translator.js';
import { PassportSession } from './http/defaults/passport.session.js';
import { PlainRenderer } from './http/defaults/plain.renderer.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { Gate } from './http/gate.js';
import { HIDDEN_FIELDS, ORIGINS } from './http/guards/same-origin.guard.js';
import { HOST_USER, plainUserId } from './http/host-user.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RecoveryPage } from './http/recovery.page.js';
import { HELP, Responder } from './http/responder.js';
import { SecondFactorRequiredFilter } from './http/second-factor-required.js';
import { SecurityPage } from './http/security.page.js';
import { SetUp } from './http/set-up.js';
import { Wording } from './http/wording.js';
import { parseKeyRing } from './storage/key-ring-text.js';
import { TypeOrmStores } from './storage/typeorm.stores.js';
import { TwoFactor } from './two-factor.js';
import { SETTINGS, type Settings } from './two-factor.options.js';
import type { TwoFactorSetup } from './two-factor.setup.js';
import { Upkeep } from './upkeep.js';

/** What the module is made of: the only place where core, http and storage meet. */
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
    Devices,
    Drafts,
    Enrolments,
    FactorSets,
  ],
  ...[Freshness, HandOver, HeldLogins, Judge, Keys, Overview, Passwords, Prover, Refusals, Removal, Renaming],
  ...[Renewal, Resealing, Settlement, Standings, StepUp, StepUps, Troubles, Units, Vault],
];

/** The pages. */
const pages: Provider[] = [
  ...[ChallengePage, CodesPage, ConfirmPage, Gate, RecoveryPage, Responder, SecurityPage, SetUp, Wording],
  ...[ProblemFilter, SecondFactorRequiredFilter],
];

/** One controller a flow; those with fixed addresses before those with a kind in them. */
const controllers: Type[] = [
  ...[ChallengeController, CancelController, RequiredSetUpController, SecurityController, ConfirmController],
  ...[DevicesController, FactorsController, ManageController, SetUpController],
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

const ownTexts: Provider = {
  provide: Translator,
  useFactory: ({ factors }: Settings) =>
    new JsonTranslator([twoFactorMessages, ...factors.flatMap(({ messages }) => messages ?? [])]),
  inject: [SETTINGS],
};

const ownPages: Provider = {
  provide: PageRenderer,
  useFactory: ({ factors }: Settings, translator: Translator) =>
    new PlainRenderer(
      [twoFactorTemplates, ...factors.flatMap(({ templates }) => templates ?? [])],
      translator,
    ),
  inject: [SETTINGS, Translator],
};

const fromSettings: Provider[] = [
  { provide: SecretBox, useFactory: ({ keys }: Settings) => parseKeyRing(keys), inject: [SETTINGS] },
  {
    provide: Policy,
    useFactory: ({ require, skips, strict }: Settings, devices: Devices) =>
      new Policy(
        require,
        strict ? [] : skips.map((rule) => ({ name: rule.name, act: rule.create({ devices }) })),
      ),
    inject: [SETTINGS, Devices],
  },
  { provide: BRAND, useFactory: ({ issuer }: Settings) => issuer, inject: [SETTINGS] },
  { provide: HELP, useFactory: ({ help }: Settings) => help, inject: [SETTINGS] },
  { provide: ORIGINS, useFactory: ({ origins }: Settings) => origins, inject: [SETTINGS] },
  { provide: HIDDEN_FIELDS, useFactory: ({ formFields }: Settings) => formFields, inject: [SETTINGS] },
  {
    provide: FactorRegistry,
    useFactory: ({ factors, issuer, strict }: Settings, clock: Clock) =>
      new FactorRegistry(factors, { clock, issuer, strict }),
    inject: [SETTINGS, Clock],
  },
];

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
