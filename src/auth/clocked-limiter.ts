import { type IRateLimiterOptions, RateLimiterRes, RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import type { Clock } from '../clock.js';

interface Count {
  readonly points: number;
  readonly until: number;
}

/** From so many counts on, those that have run out are cleared away with every new one. */
const tidyFrom = 10_000;

/** Counts of rate-limiter-flexible in this process's memory, on the portal's clock. */
export class ClockedLimiter extends RateLimiterStoreAbstract {
  private readonly counts = new Map<string, Count>();

  constructor(
    private readonly clock: Clock,
    options: Pick<IRateLimiterOptions, 'keyPrefix' | 'points' | 'duration'>,
  ) {
    super({ ...options, storeClient: null });
  }

  // The names with an underscore are what rate-limiter-flexible asks of a store.
  protected async _get(key: string): Promise<Count | null> {
    return this.living(key);
  }

  protected async _delete(key: string): Promise<boolean> {
    return this.counts.delete(key);
  }

  protected async _upsert(key: string, points: number, ms: number, anew: boolean): Promise<Count> {
    if (this.counts.size >= tidyFrom) this.tidy();
    const old = anew ? null : this.living(key);
    const count = old ? { ...old, points: old.points + points } : { points, until: this.clock.now() + ms };
    this.counts.set(key, count);
    return count;
  }

  protected _getRateLimiterRes(_key: string, changed: number, { points, until }: Count): RateLimiterRes {
    const left = Math.max(this.points - points, 0);
    return new RateLimiterRes(left, Math.max(until - this.clock.now(), 0), points, points === changed);
  }

  private living(key: string): Count | null {
    const count = this.counts.get(key);
    return count && count.until > this.clock.now() ? count : null;
  }

  private tidy(): void {
    for (const key of this.counts.keys()) if (!this.living(key)) this.counts.delete(key);
  }
}
