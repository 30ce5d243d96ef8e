import type { AccountState } from './account-state.js';
import type { FactorRegistry } from './factor-registry.js';

/**
 * The state of an account without the factors whose codes are sent. A code that arrives by mail or phone is what a false
 * caller asks for, so it proves nothing during a call.
 */
export function withoutSentKinds(registry: FactorRegistry, accountState: AccountState): AccountState {
  const isSent = (kind: string) => registry.primary(kind)?.behaviour.delivery !== undefined;
  return { ...accountState, factors: accountState.factors.filter(({ kind }) => !isSent(kind)) };
}
