export { BackgroundTask } from './background-task.js';
export {
  BatchingRelay,
  type DeliveryOutcome,
  type OnDeliveryFailure,
  type OutboxEntry,
  type OutboxTable,
  type RelayLimits,
} from './batching-relay.js';
