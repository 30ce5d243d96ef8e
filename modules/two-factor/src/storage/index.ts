// For authors of stores: the abstract stores and their data types. `nestjs-two-factor/testing` has their contract.
export { Stores } from '../core/contracts/stores/stores.js';
export { SealedStore, type SealedValue } from '../core/contracts/stores/sealed.store.js';
export {
  FactorStore,
  type EndedSessions,
  type FactorSet,
  type SessionVersions,
  type StoredFactor,
} from '../core/contracts/stores/factor.store.js';
export {
  TokenStore,
  type Token,
  type TokenPurpose,
  type TokenRef,
} from '../core/contracts/stores/token.store.js';
export { AttemptStore, type AttemptCount, type WaitRule } from '../core/contracts/stores/attempt.store.js';
export {
  BrakeStore,
  type BrakeEnd,
  type BrakeRecord,
  type BrakeStart,
} from '../core/contracts/stores/brake.store.js';
export {
  EventStore,
  type EventSideEffects,
  type RecordedEvent,
} from '../core/contracts/stores/event.store.js';
export {
  LockDownStore,
  type LockDown,
  type StopFacts,
  type StopLink,
} from '../core/contracts/stores/lock-down.store.js';
export { RemovedFactorStore, type RemovedFactor } from '../core/contracts/stores/removed-factor.store.js';
export { PendingLoginStore, type PendingLoginRecord } from '../core/contracts/stores/pending-login.store.js';
export {
  CallerCheckStore,
  type CallerCheck,
  type CallerCheckAnswer,
  type CallerCheckState,
} from '../core/contracts/stores/desk/caller-check.store.js';
export {
  RecoveryCaseStore,
  type RecoveryCase,
  type RecoveryCaseChange,
  type RecoveryCaseState,
} from '../core/contracts/stores/desk/recovery-case.store.js';
export { CheckUpStore, type CheckUp } from '../core/contracts/stores/desk/check-up.store.js';

// For hosts that choose the DataSource, and for their own encrypted columns
export { TypeOrmStores } from './stores/typeorm.stores.js';
export { SealedTable, type SealedColumn } from './stores/sealed-table.js';
