export { factorContract } from './factor-contract.js';
export type { TestAnswers, TestChallenge } from './factor-owner.js';
export { FixedClock } from './fixed-clock.js';
export { MemoryStores } from './memory.stores.js';
export { RecordingSink } from './recording-sink.js';
export { SoftPasskey, type SoftPasskeyPrompt, type SoftPasskeyTraits } from './soft-passkey.js';
export { storeContract } from './store-contract.js';
export type { MakeStores } from './contract/rules.js';
