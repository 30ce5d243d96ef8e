// Install it
export { TwoFactorModule } from './two-factor.module.js';
export { ImpossibleOptions, optionDefaults, type TwoFactorOptions } from './two-factor.options.js';
export type { TwoFactorAsyncRoot, TwoFactorRoot, TwoFactorSetup } from './two-factor.setup.js';

// Hook it into the login
export { SecondFactorRequired } from './http/gate/second-factor-required.js';
export type { TwoFactorGateAnswer } from './http/gate/gate.js';
export type { HostUser } from './http/gate/host-user.js';
export type { HostPaths } from './http/response/addresses.js';
export type { Help } from './http/response/responder.js';
export { doorOf, type Door } from './http/guards/marks.js';
export type { Decorations } from './http/guards/decorated.js';

// Call it
export { TwoFactor } from './two-factor.js';
export type { TwoFactorStatus } from './core/accounts/overview.js';
export type { Actor, Origin } from './core/common/origin.js';
export type { KeyReport, SealedCounts } from './core/encryption/keys.js';
export type { Resealed } from './core/encryption/resealing.js';

// Give it what it needs
export type { Account } from './core/common/account.js';
export { AccountDirectory, type ProtectionFlag } from './core/contracts/ports/account-directory.js';
export { CodeChannel, type CodeMessage } from './core/contracts/ports/code-channel.js';
export { Clock, SystemClock } from './core/contracts/ports/clock.js';
export { EventSink } from './core/contracts/ports/event-sink.js';
export {
  LoginSession,
  type Completed,
  type CurrentSession,
  type HeldLogin,
  type HostRequest,
  type ParkedLogin,
  type ProvedLogin,
} from './core/contracts/ports/login-session.js';
export { Mailer, type Notice } from './core/contracts/ports/mailer.js';
export { PageRenderer, type Section } from './core/contracts/ports/page-renderer.js';
export { SecretBox, type KeyCard, type KeyName, type SealLabel } from './core/contracts/ports/secret-box.js';
export { Translator } from './core/contracts/ports/translator.js';

// Listen to it
export {
  twoFactorEvents,
  type TwoFactorEvent,
  type TwoFactorEventData,
  type TwoFactorEventName,
} from './core/contracts/events.js';
export { Problem, problemCodes, type ProblemCode } from './core/common/errors.js';
export type { Requirement } from './core/login/policy.js';

// Ways to prove it is you
export { totp } from './factors/totp/totp.factor.js';
export type { TotpOptions } from './factors/totp/totp.options.js';
export { emailCode } from './factors/email-code/email-code.factor.js';
export type { EmailCodeOptions } from './factors/email-code/email-code.options.js';
export { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
export type { BackupCodesOptions } from './factors/backup-codes/backup-codes.options.js';
export { Busy, DamagedFactor, MissingKey, WrongKey } from './core/common/errors.js';
export type {
  Delivery,
  Enrolled,
  Factor,
  FactorAccount,
  FactorData,
  FactorRecord,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  Prompt,
  Prompted,
  Proof,
  RecoveryBehaviour,
  RecoveryFactor,
  SetUpInput,
  Verdict,
  View,
} from './core/contracts/factor.js';
export type { Type } from './core/common/type.js';

// Reasons not to ask
export { trustedDevice, type TrustedDeviceOptions } from './skips/trusted-device/trusted-device.skip.js';
export { trustedNetwork } from './skips/trusted-network/trusted-network.skip.js';
export type { SkipBehaviour, SkipRule, Visit } from './core/login/skip-rule.js';
export type { Devices } from './core/devices/devices.js';

// Keep it
export { twoFactorAssets, twoFactorMessages, twoFactorTemplates } from './folders.js';
export { twoFactorEntities } from './storage/schema/entities.js';
export { twoFactorMigrations } from './storage/schema/migrations.js';
export { SealedTable, type SealedColumn } from './storage/stores/sealed-table.js';
export { TypeOrmStores } from './storage/stores/typeorm.stores.js';
export { Stores } from './core/contracts/stores/stores.js';
export { SealedStore, type SealedValue } from './core/contracts/stores/sealed.store.js';
export { FactorStore, type FactorSet, type StoredFactor } from './core/contracts/stores/factor.store.js';
export {
  TokenStore,
  type Token,
  type TokenPurpose,
  type TokenRef,
} from './core/contracts/stores/token.store.js';
export { AttemptStore, type AttemptCount, type WaitRule } from './core/contracts/stores/attempt.store.js';
export { EventStore, type FollowUp, type RecordedEvent } from './core/contracts/stores/event.store.js';
