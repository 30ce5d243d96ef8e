import { Module } from '@nestjs/common';
import {
  doorOf,
  trustedDevice,
  trustedNetwork,
  twoFactorAssets,
  twoFactorEntities,
  twoFactorEvents,
  twoFactorMessages,
  twoFactorMigrations,
  TwoFactorModule,
  twoFactorTemplates,
} from 'nestjs-two-factor';
import { heldSession } from '../auth/current-session.js';
import { SealedEppCodes } from '../billing/sealed-epp-codes.js';
import { Config } from '../config.js';
import type { PortalModule } from '../portal/portal-module.js';
import { AccountChanges } from './account-changes.js';
import { gateId } from './gate-id.js';
import { keysCommand } from './keys.command.js';
import { PortalAccounts } from './portal.accounts.js';
import { PortalClock } from './portal.clock.js';
import { PortalNotices } from './portal.mailer.js';
import { PortalRenderer } from './portal.renderer.js';
import { PortalSession } from './portal.session.js';
import { PortalSink } from './portal.sink.js';
import { PortalTexts } from './portal.translator.js';
import { resetCommand } from './reset.command.js';
import { statusCommand } from './status.command.js';
import { TwoFactorGate } from './two-factor.gate.js';
import { TwoFactorPanel } from './two-factor.panel.js';
import { TwoFactorStepUp } from './two-factor.step-up.js';

const module = TwoFactorModule.forRootAsync({
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
    keys: config.twoFactorKeys,
    require: config.requireTwoFactor,
    skips: [
      trustedDevice(),
      ...(config.trustedNetworks.length > 0 ? [trustedNetwork(config.trustedNetworks)] : []),
    ],
    origins: config.origins,
    help: { email: config.supportEmail ?? undefined, phone: config.supportPhone ?? undefined },
  }),
});

/** The module and what the portal hooks it up with. */
@Module({
  imports: [module],
  providers: [AccountChanges, TwoFactorGate, TwoFactorPanel, TwoFactorStepUp],
  exports: [TwoFactorGate, TwoFactorPanel, TwoFactorStepUp],
})
class TwoFactorRoom {}

/** Two-factor, as the portal's list of installed modules takes it. */
export const twoFactor: PortalModule = {
  id: gateId,
  title: 'Two-factor authentication',
  version: '0.1.0',
  nest: TwoFactorRoom,
  entities: twoFactorEntities,
  migrations: twoFactorMigrations,
  templates: twoFactorTemplates,
  messages: twoFactorMessages,
  assets: twoFactorAssets,
  menu: [{ label: 'security.menu', href: '/account/security' }],
  gate: TwoFactorGate,
  stepUp: TwoFactorStepUp,
  events: Object.keys(twoFactorEvents),
  staffPanels: [TwoFactorPanel],
  protection: {
    name: 'twoFactor',
    texts: {
      ...{ title: 'staff-list.title', count: 'staff-list.count' },
      ...{ on: 'security.on', off: 'security.off' },
    },
  },
  door: doorOf,
  commands: [statusCommand, resetCommand, keysCommand],
  waiting: (request) => addressOf(heldSession(request)?.state),
};

function addressOf(state: string | undefined): string | undefined {
  if (state === undefined) return undefined;
  return state === 'enrol' ? '/login/enrol' : '/login/challenge';
}
