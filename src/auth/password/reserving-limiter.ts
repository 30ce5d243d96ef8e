import { Mutex } from 'async-mutex';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/** Counts failures of slow checks. It never starts more checks than could all fail within the limit. */
export class ReservingLimiter {
  private readonly underWay = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();
  /** The mutex keeps the count unchanged between reading it and acting on it. */
  private readonly mutex = new Mutex();

  constructor(private readonly limiter: RateLimiterAbstract) {}

  /**
   * Returns 0 when the check may start; report its result with `leave`. Otherwise returns the milliseconds until a check is
   * allowed.
   */
  async reserve(key: string): Promise<number> {
    for (;;) {
      const answer = await this.mutex.runExclusive(() => this.reserveSlot(key));
      if (answer !== 'wait') return answer;
      await new Promise<void>((go) => this.waiting.set(key, [...(this.waiting.get(key) ?? []), go]));
    }
  }

  /** Returns true when this failure was the last one allowed. */
  release(key: string, failed: boolean): Promise<boolean> {
    return this.mutex.runExclusive(async () => {
      const full = failed && (await this.limiter.penalty(key)).consumedPoints >= this.limiter.points;
      this.releaseSlot(key);
      return full;
    });
  }

  /** Refuses every check for this number of seconds. */
  block(key: string, seconds: number): Promise<unknown> {
    return this.mutex.runExclusive(() => this.limiter.block(key, seconds));
  }

  /** Resets the failures so far, and the wait that they caused. */
  forget(key: string): Promise<unknown> {
    return this.mutex.runExclusive(async () => {
      await this.limiter.delete(key);
      this.wake(key);
    });
  }

  private async reserveSlot(key: string): Promise<number | 'wait'> {
    const count = await this.limiter.get(key);
    const ms = count?.msBeforeNext ?? 0;
    const failures = count && ms > 0 ? count.consumedPoints : 0;
    const underWay = this.underWay.get(key) ?? 0;
    if (failures >= this.limiter.points) return ms;
    if (failures + underWay >= this.limiter.points) return 'wait';
    this.underWay.set(key, underWay + 1);
    return 0;
  }

  private releaseSlot(key: string): void {
    const left = (this.underWay.get(key) ?? 1) - 1;
    if (left > 0) this.underWay.set(key, left);
    else this.underWay.delete(key);
    this.wake(key);
  }

  private wake(key: string): void {
    const waiting = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    waiting.forEach((go) => go());
  }
}
