// Install it
export { TwoFactorModule } from './two-factor.module.js';
export { InvalidOptionsError, type TwoFactorOptions } from './two-factor.options.js';
export type { TwoFactorAsyncRoot, TwoFactorRoot, TwoFactorSetup } from './two-factor.setup.js';

// Hook it into the login
export { SecondFactorRequired } from './http/gate/second-factor-required.js';
export type { TwoFactorGateAnswer } from './http/gate/gate.js';
export type { HostUser } from './http/gate/host-user.js';
export type { HostPaths } from './http/response/routes.js';
export type { Help } from './http/response/responder.js';
export { accessOf, type Access } from './http/guards/access.js';

// Call it
export { TwoFactor } from './two-factor.js';
export type { TwoFactorAct } from './core/step-up/act.js';
export type { TwoFactorStatus } from './core/accounts/status-reader.js';
export type { Actor, Origin } from './core/common/origin.js';
export type { KeyReport } from './core/encryption/key-reports.js';
export type { KeyRotationResult } from './core/encryption/key-rotation.js';

// Give it what it needs
export type { Account } from './core/common/account.js';
export {
  AccountDirectory,
  type ProtectionChange,
  type ProtectionFlag,
} from './core/contracts/ports/account-directory.js';
export { CodeChannel, type CodeMessage } from './core/contracts/ports/code-channel.js';
export { Clock } from './core/contracts/ports/clock.js';
export { EventSink } from './core/contracts/ports/event-sink.js';
export {
  LoginSession,
  type Completed,
  type CurrentSession,
  type PendingLogin,
  type HostRequest,
  type PendingLoginRef,
  type ProvedLogin,
} from './core/contracts/ports/login-session.js';
export { Mailer, type Notice } from './core/contracts/ports/mailer.js';
export { PageRenderer, type Section } from './core/contracts/ports/page-renderer.js';
export { Encryption, type EncryptionContext, type EncryptionKey } from './core/contracts/ports/encryption.js';
export { Translator } from './core/contracts/ports/translator.js';

// Listen to it
export { twoFactorEventsOf } from './two-factor.events.js';
export type { TwoFactorEvent, TwoFactorEventData, TwoFactorEventName } from './core/contracts/events.js';
export { twoFactorLimits } from './core/rate-limits/limits.js';
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
  EnrollmentVerdict,
  Factor,
  FactorAccount,
  FactorData,
  FactorRecord,
  FactorTools,
  PasswordlessBehaviour,
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

// Reasons not to ask
export { trustedDevice, type TrustedDeviceOptions } from './skips/trusted-device/trusted-device.skip.js';
export { trustedNetwork } from './skips/trusted-network/trusted-network.skip.js';
export type { LoginContext, SkipRule } from './core/login/skip-rule.js';

// Keep it
export { twoFactorAssets, twoFactorMessages, twoFactorTemplates } from './folders.js';
export { twoFactorEntities } from './storage/schema/entities.js';
export { twoFactorMigrations } from './storage/schema/migrations.js';
