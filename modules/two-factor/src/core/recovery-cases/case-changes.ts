import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { Emit } from '../outbox/transactions.js';

/**
 * Why a case was cancelled. `link`: the link in the mail. `session`: a signed-in session. `signed-in`: a factor was proved, or
 * a sign-in needed none. `changed`: password, e-mail address, role or factors changed. `staff`: an agent. `expired`: agents
 * did not approve it in time.
 */
export type CancelReason = 'link' | 'session' | 'signed-in' | 'changed' | 'staff' | 'expired';

/** How often a change is tried again after another one was faster. */
const MOST_RACES = 8;

/** How a case is cancelled: why, at what time (UTC ms), and an agent's words. */
export interface Cancellation {
  readonly reason: CancelReason;
  readonly now: number;
  readonly note?: string;
}

/** Whether the case has not ended. */
export function isLive({ state }: Pick<RecoveryCase, 'state'>): boolean {
  return state === 'open' || state === 'approved';
}

/** The mark of a case whose end has begun: maintenance goes on with it where the process was killed. */
export const ENDING = 'ending';

/** Whether the end of the case has begun. */
export function isEnding({ reason }: Pick<RecoveryCase, 'reason'>): boolean {
  return reason === ENDING;
}

/** Whether agents approved it, and the wait is over at `now` (UTC ms). */
export function isReady(
  { state, waitsUntil }: Pick<RecoveryCase, 'state' | 'waitsUntil'>,
  now: number,
): boolean {
  return state === 'approved' && waitsUntil <= now;
}

/**
 * Cancels the account's case in the transaction of its cause, and mails the owner. False: there is none, or it is not the one
 * with this id.
 */
export async function cancelCase(
  stores: Stores,
  emit: Emit,
  of: { readonly accountId: string; readonly id?: string },
  { reason, now, note }: Cancellation,
): Promise<boolean> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const found = await stores.recoveryCases.ofAccount(of.accountId);
    if (!found || !isLive(found) || (of.id !== undefined && found.id !== of.id)) return false;
    const end = { state: 'cancelled', reason, endsAt: now, sealed: null } as const;
    if (!(await stores.recoveryCases.update(found, end))) continue;
    const data = { caseId: found.id, reason, ...(note !== undefined && { note }) };
    emit('two-factor.recovery.cancelled', data, { notice: 'recovery-cancelled' });
    return true;
  }
  return false;
}
