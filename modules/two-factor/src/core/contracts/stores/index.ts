// For authors of stores: the abstract stores and their data types. `nestjs-two-factor/testing` has their contract.
export { Stores } from './stores.js';
export { SealedStore, type SealedValue } from './sealed.store.js';
export { FactorStore, type FactorSet, type StoredFactor } from './factor.store.js';
export { TokenStore, type Token, type TokenPurpose, type TokenRef } from './token.store.js';
export { AttemptStore, type AttemptCount, type WaitRule } from './attempt.store.js';
export { EventStore, type EventSideEffects, type RecordedEvent } from './event.store.js';
export { PendingLoginStore, type PendingLoginRecord } from './pending-login.store.js';
