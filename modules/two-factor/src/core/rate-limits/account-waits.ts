import { Injectable } from '@nestjs/common';
import { stableEventId } from '../common/event-id.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AttemptCount } from '../contracts/stores/attempt.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';
import { twoFactorLimits } from './limits.js';
import { accountKey, setUpStartsKey } from './rate-limits.js';

/** The waits and the full stop of one account, for staff and the command line. */
@Injectable()
export class AccountWaits {
  constructor(
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly accounts: AccountDirectory,
  ) {}

  /** The wrong codes in a row, and the end of the wait (UTC ms) or the full stop that they caused. */
  async read(accountId: string) {
    const [row] = await this.stores.attempts.read([accountKey(accountId)]);
    const stopped = (row?.misses ?? 0) >= twoFactorLimits.account.hardStop;
    const waits = row !== undefined && row.waitsUntil > this.clock.now();
    return { failed: row?.misses ?? 0, until: waits && !stopped ? row.waitsUntil : null, stopped };
  }

  /**
   * Ends the wait, the full stop, the wait after too many set-ups, and the host's waits after wrong passwords; the count begins
   * again. The limits of addresses, sessions and messages stay. False when there was nothing to end.
   * @throws Problem INVALID_INPUT without a reason.
   */
  async end(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    if (reason.trim() === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    const subjects = [accountKey(accountId), setUpStartsKey(accountId)];
    const rows = (await this.stores.attempts.read(subjects)).filter((row) => this.isShut(row));
    const password = await this.passwordWait(accountId);
    if (rows.length === 0 && password.length === 0) return false;
    const misses = rows.find(({ subject }) => subject === accountKey(accountId))?.misses ?? 0;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    // Two operators who end the same wait at the same moment emit one event.
    const id = stableEventId(JSON.stringify(['unlocked', ...rows, ...password]));
    await this.transactions.run({ accountId, origin }, async ({ attempts }, emit) => {
      for (const { subject } of rows) await attempts.clear(subject);
      const effects = { id, notice: 'unlocked', endPasswordWaits: password.length > 0 };
      emit('two-factor.unlocked', { reason, misses }, effects);
    });
    if (password.length > 0) await this.accounts.endPasswordWaits?.(accountId);
    return true;
  }

  /** The host's wait after wrong passwords: the account and its end; empty where there is none. */
  private async passwordWait(accountId: string): Promise<readonly (string | number)[]> {
    const until = (await this.accounts.passwordWait?.(accountId)) ?? 0;
    return until > this.clock.now() ? [accountId, until] : [];
  }

  private isShut({ subject, misses, waitsUntil, windowEnds }: AttemptCount): boolean {
    const now = this.clock.now();
    if (subject.startsWith(setUpStartsKey('')))
      return windowEnds > now && misses >= twoFactorLimits['set-up-starts'].limit;
    return waitsUntil > now || misses >= twoFactorLimits.account.hardStop;
  }
}
