import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import { counted, type CountedLimit } from './counted.js';
import { RateLimitStore } from './rate-limit.store.js';

/** Limits requests for mailed links, on all nodes together. */
@Injectable()
export class RequestLimits {
  constructor(
    private readonly store: RateLimitStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one more request under this key. `accountId`: the account that has to wait, for the log.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async consume(limit: CountedLimit, key: string, accountId?: string): Promise<void> {
    const row = counted(limit, key);
    // The first request of a key costs the same statements as a later one.
    await this.store.open(row);
    if (await this.store.charge(row)) return;
    const until = this.store.fullUntil(row, await this.store.read(row));
    const ms = Math.max((until ?? 0) - this.clock.now(), 1000);
    const message = 'Too many links were asked for. Please use the newest one, or wait.';
    throw new LimitReached(limit, message, { ms, ...(accountId !== undefined && { accountId }) });
  }
}
