import { Injectable } from '@nestjs/common';
import { Clock } from '../../../clock.js';
import { limits } from '../../../limits.js';
import { LimitReached } from '../../../portal/problems/limit-reached.js';
import { type Counted, passwordCounts } from '../../rate-limits/counted.js';
import { RateLimitStore, type LimitUsage } from '../../rate-limits/rate-limit.store.js';
import { ChecksInProgress } from './checks-in-progress.js';
import { PasswordWaits } from './password-waits.js';

type Rows = ReturnType<typeof passwordCounts>;
type Usages = readonly (LimitUsage | null)[];

/**
 * Limits password guessing, on all nodes together. It limits the failures for an account and client network together, and for a
 * client network. Every further run of failures doubles the wait. An attacker cannot lock an account for people at other addresses.
 *
 * Only failures are counted. A result is told only after it was counted (a failure) or after the counts were read (a right password); a check
 * whose turn came too late is refused, the same for a right and a wrong password.
 */
@Injectable()
export class PasswordAttempts {
  private readonly checks = new ChecksInProgress();

  constructor(
    private readonly store: RateLimitStore,
    private readonly waits: PasswordWaits,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the result of `look`. A null result counts as a failure; an exception does not count.
   * @throws PortalProblem TOO_MANY_ATTEMPTS, before or after `look` was called.
   */
  async check<T>(email: string, address: string, look: () => Promise<T | null>): Promise<T | null> {
    const rows = passwordCounts(email, address);
    return this.within(rows.block, () => this.within(rows.pair, () => this.judge(rows, look)));
  }

  /**
   * Called after the password was replaced from this address: its owner need not wait for failures with the old password. The
   * count of the address stays. The number of runs stays too, so the next wait is still doubled.
   */
  async endWait(email: string, address: string): Promise<void> {
    await this.waits.end(passwordCounts(email, address).pair);
  }

  private async within<T>(row: Counted, work: () => Promise<T>): Promise<T> {
    await this.checks.enter(row, this.clock.now(), () => this.failures(row));
    try {
      return await work();
    } finally {
      this.checks.leave(row);
    }
  }

  /**
   * Nothing is told of a result that comes after the last failure allowed, on any node. A right password that comes too late
   * sends the same statements as a wrong one, so that the time of the answer tells nothing either.
   */
  private async judge<T>(rows: Rows, look: () => Promise<T | null>): Promise<T | null> {
    const found = await look();
    if (found === null) {
      await this.count(rows);
      return null;
    }
    const usages = await this.store.settled([rows.block, rows.pair]);
    if (!this.reached(rows, usages)) return found;
    await this.count(rows, usages);
    throw this.refusal(rows.pair, null);
  }

  /** Counts a failure. `usages`: what was read before, of the network and of the account. @throws LimitReached */
  private async count(rows: Rows, usages?: Usages): Promise<void> {
    const { block, pair } = rows;
    if (await this.charge(pair)) {
      if (await this.charge(block)) return this.waits.start(pair);
      await this.store.refund(pair);
    }
    const [ofBlock = null, ofPair = null] = usages ?? (await this.store.settled([block, pair]));
    this.refuseReached(block, ofBlock);
    throw this.refusal(pair, ofPair);
  }

  private charge(row: Counted): Promise<boolean> {
    this.checks.remember(row, this.clock.now() + limits[row.limit].duration * 1000);
    return this.store.charge(row);
  }

  private reached({ block, pair }: Rows, [ofBlock = null, ofPair = null]: Usages): boolean {
    return this.store.fullUntil(block, ofBlock) !== null || this.store.fullUntil(pair, ofPair) !== null;
  }

  private refuseReached(row: Counted, usage: LimitUsage | null): void {
    if (this.store.fullUntil(row, usage) !== null) throw this.refusal(row, usage);
  }

  /** The row exists afterwards: from then on the order of the results is the order of their statements on it. */
  private async failures(row: Counted): Promise<number> {
    const usage = await this.store.read(row);
    if (usage === null) await this.store.open(row);
    this.refuseReached(row, usage);
    return usage !== null && usage.endsAt > this.clock.now() ? usage.points : 0;
  }

  private refusal(row: Counted, usage: LimitUsage | null): LimitReached {
    const now = this.clock.now();
    const until = Math.max(this.store.fullUntil(row, usage) ?? 0, now + 1000);
    this.checks.remember(row, until);
    const message = 'Too many attempts. Please wait before you try again.';
    return new LimitReached(row.limit, message, { ms: until - now });
  }
}
