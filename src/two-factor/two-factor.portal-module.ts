import { type DynamicModule, Module } from '@nestjs/common';
import {
  accessOf,
  type Factor,
  MissingKey,
  trustedDevice,
  trustedNetwork,
  twoFactorAssets,
  twoFactorEntities,
  twoFactorEventsOf,
  twoFactorMessages,
  twoFactorMigrations,
  TwoFactorModule,
  twoFactorTemplates,
  WrongKey,
} from 'nestjs-two-factor';
import { pendingSession } from '../auth/sessions/current-session.js';
import { Config } from '../config.js';
import type { PortalModule, SignInEvents } from '../portal/modules/portal-module.js';
import { EndBrakeAct } from './acts/end-brake.act.js';
import { ForgetDevicesAct } from './acts/forget-devices.act.js';
import { TwoFactorActsController } from './acts/two-factor-acts.controller.js';
import { ResetAct } from './acts/reset.act.js';
import { UnlockAct } from './acts/unlock.act.js';
import { AccountChanges } from './account-changes.js';
import { CaseClient, CaseName } from './desk/case-client.js';
import { RecoveryAct } from './desk/recovery.act.js';
import { RecoveryCasePage } from './desk/recovery-case.page.js';
import { RecoveryCasesController } from './desk/recovery-cases.controller.js';
import { VerifyCallerAct } from './acts/verify-caller.act.js';
import { VerifyCallerController } from './acts/verify-caller.controller.js';
import { CallerPanel } from './desk/caller.panel.js';
import { factors } from './factors.js';
import { gateId } from './gate-id.js';
import { keysCommand } from './commands/keys.command.js';
import { PortalAccounts } from './ports/portal.accounts.js';
import { PortalClock } from './ports/portal.clock.js';
import { PortalNotices } from './ports/portal.mailer.js';
import { PortalRenderer } from './ports/portal.renderer.js';
import { PortalSession } from './ports/portal.session.js';
import { PortalSink } from './ports/portal.sink.js';
import { PortalTexts } from './ports/portal.translator.js';
import { resetCommand } from './commands/reset.command.js';
import { SealedEppCodes } from './sealed-epp-codes.js';
import { enrollApps } from './seeded-apps.js';
import { statusCommand } from './commands/status.command.js';
import { unlockCommand } from './commands/unlock.command.js';
import { TwoFactorBrake } from './two-factor.brake.js';
import { TwoFactorGate } from './two-factor.gate.js';
import { TwoFactorNotices } from './two-factor.notices.js';
import { TwoFactorPanel } from './two-factor.panel.js';
import { TwoFactorResetRule } from './two-factor.reset-rule.js';
import { TwoFactorStopLinks } from './two-factor.stop-links.js';
import { TwoFactorStepUp } from './two-factor.step-up.js';

/** The hooks of the portal that the module implements. */
const hooks = [
  CallerPanel,
  TwoFactorBrake,
  TwoFactorGate,
  TwoFactorNotices,
  TwoFactorPanel,
  TwoFactorResetRule,
  TwoFactorStepUp,
  TwoFactorStopLinks,
];

/** The kinds that `MAILED_CODES` and `PASSKEYS` disable. */
function disabledKinds(kinds: readonly Factor[], { mailedCodes, passkeys }: Config): string[] {
  const off = [...(mailedCodes ? [] : ['email-code']), ...(passkeys ? [] : ['webauthn'])];
  return kinds.map(({ kind }) => kind).filter((kind) => off.includes(kind));
}

function moduleWith(kinds: readonly Factor[]) {
  return TwoFactorModule.forRootAsync({
    accounts: PortalAccounts,
    session: PortalSession,
    mailer: PortalNotices,
    renderer: PortalRenderer,
    translator: PortalTexts,
    sink: PortalSink,
    clock: PortalClock,
    sealed: [SealedEppCodes],
    inject: [Config],
    useFactory: (config: Config) => ({
      issuer: config.portalName,
      factors: kinds,
      disabled: disabledKinds(kinds, config),
      keys: config.twoFactorKeys,
      hashCost: config.backupCodeHash,
      require: config.requireTwoFactor,
      passwordless: config.passkeySignIn,
      brakeHours: config.brakeHours,
      recoveryDesk: config.recoveryDesk,
      skips: [
        trustedDevice(),
        ...(config.trustedNetworks.length > 0 ? [trustedNetwork(config.trustedNetworks)] : []),
      ],
      origins: config.origins,
      publicUrl: config.publicUrl,
      help: { email: config.supportEmail ?? undefined, phone: config.supportPhone ?? undefined },
    }),
  });
}

/** The module and its adapters for the portal. */
function adaptersFor(kinds: readonly Factor[]): DynamicModule {
  return {
    module: TwoFactorAdapters,
    imports: [moduleWith(kinds)],
    controllers: [TwoFactorActsController, VerifyCallerController, RecoveryCasesController],
    providers: [
      ...[AccountChanges, EndBrakeAct, ForgetDevicesAct, ResetAct, UnlockAct, VerifyCallerAct],
      ...[CaseClient, CaseName, RecoveryAct, RecoveryCasePage],
      ...hooks,
    ],
    exports: hooks,
  };
}

@Module({})
class TwoFactorAdapters {}

const recoveryCases = { label: 'recovery-cases.title', href: '/staff/recovery' };
const passkeyEndpoints = { enroll: '/account/security/two-factor/webauthn', manage: '/account/security' };

/** Two-factor with these kinds, as an entry of the portal's list of installed modules. */
export function twoFactorWith(kinds: readonly Factor[]): PortalModule {
  return {
    id: gateId,
    title: 'Two-factor authentication',
    version: '0.1.0',
    nest: adaptersFor(kinds),
    entities: twoFactorEntities,
    migrations: twoFactorMigrations,
    templates: twoFactorTemplates,
    messages: twoFactorMessages,
    added: partsOf(kinds),
    assets: twoFactorAssets,
    menu: [{ label: 'security.menu', href: '/account/security' }],
    gate: TwoFactorGate,
    stepUp: TwoFactorStepUp,
    brake: TwoFactorBrake,
    resetRule: TwoFactorResetRule,
    stopLinks: TwoFactorStopLinks,
    events: Object.keys(twoFactorEventsOf(kinds)),
    signInEvents: signInEventsOf(kinds),
    // Programs look for the state of two-factor in the first panel of this module.
    staffPanels: [TwoFactorPanel, CallerPanel],
    staffMenu: ({ recoveryDesk }) => (recoveryDesk ? [recoveryCases] : []),
    notices: TwoFactorNotices,
    protection: {
      name: 'twoFactor',
      texts: {
        ...{ title: 'staff-list.title', count: 'staff-list.count' },
        ...{ on: 'security.on', off: 'security.off' },
      },
    },
    accessLevel: accessOf,
    passwordless: ({ passkeySignIn }) => (passkeySignIn === 'nobody' ? undefined : '/login/passwordless'),
    passkeyEndpoints,
    startErrors: [MissingKey, WrongKey],
    seed: enrollApps,
    commands: [statusCommand, resetCommand, unlockCommand, keysCommand],
    waiting: (request) => addressOf(pendingSession(request)?.state),
  };
}

/** The templates and texts of kinds from other packages. */
function partsOf(kinds: readonly Factor[]) {
  return {
    templates: kinds.flatMap(({ templates }) => templates ?? []),
    messages: kinds.flatMap(({ messages }) => messages ?? []),
  };
}

/** Two-factor with the portal's own kinds. */
export const twoFactor = twoFactorWith(factors);

/** The sign-in by a recovery code is one line too. */
function signInEventsOf(kinds: readonly Factor[]): SignInEvents {
  const recoveries = kinds.filter(({ role }) => role === 'recovery');
  return {
    before: ['two-factor.challenge.required'],
    within: [
      ...['two-factor.challenge.passed', 'two-factor.challenge.skipped'],
      ...recoveries.map(({ kind }) => `two-factor.${kind}.used`),
      'two-factor.help-desk-code.used',
    ],
  };
}

function addressOf(state: string | undefined): string | undefined {
  if (state === undefined) return undefined;
  return state === 'enrol' ? '/login/enrol' : '/login/challenge';
}
