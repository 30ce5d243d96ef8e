import { Injectable } from '@nestjs/common';
import { stableEventId } from '../common/event-id.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
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
  ) {}

  /** The wrong codes in a row, and the end of the wait (UTC ms) or the full stop that they caused. */
  async read(accountId: string) {
    const [row] = await this.stores.attempts.read([accountKey(accountId)]);
    const stopped = (row?.misses ?? 0) >= twoFactorLimits.account.hardStop;
    const waits = row !== undefined && row.waitsUntil > this.clock.now();
    return { failed: row?.misses ?? 0, until: waits && !stopped ? row.waitsUntil : null, stopped };
  }

  /**
   * Ends the wait, the full stop, and the wait after too many set-ups; the count begins again. The limits of addresses,
   * sessions and messages stay. False when there was nothing to end.
   * @throws Problem INVALID_INPUT without a reason.
   */
  async end(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    if (reason.trim() === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    const subjects = [accountKey(accountId), setUpStartsKey(accountId)];
    const rows = (await this.stores.attempts.read(subjects)).filter((row) => this.isShut(row));
    if (rows.length === 0) return false;
    const misses = rows.find(({ subject }) => subject === accountKey(accountId))?.misses ?? 0;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    // Two operators who end the same wait at the same moment emit one event.
    const id = stableEventId(JSON.stringify(['unlocked', ...rows]));
    await this.transactions.run({ accountId, origin }, async ({ attempts }, emit) => {
      for (const { subject } of rows) await attempts.clear(subject);
      emit('two-factor.unlocked', { reason, misses }, { id, notice: 'unlocked' });
    });
    return true;
  }

  private isShut({ subject, misses, waitsUntil, windowEnds }: AttemptCount): boolean {
    const now = this.clock.now();
    if (subject.startsWith(setUpStartsKey('')))
      return windowEnds > now && misses >= twoFactorLimits['set-up-starts'].limit;
    return waitsUntil > now || misses >= twoFactorLimits.account.hardStop;
  }
}
