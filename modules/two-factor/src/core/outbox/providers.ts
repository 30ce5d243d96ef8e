import type { Type } from '../common/type.js';
import { OutboxRelay } from './outbox-relay.js';
import { SideEffects } from './side-effects.js';
import { Transactions } from './transactions.js';

/** The services of this folder. */
export const outboxProviders: readonly Type[] = [SideEffects, OutboxRelay, Transactions];
