import PQueue from 'p-queue';

/** How many hashes run at once, and how many may wait. */
export interface HashLimits {
  /** Number of hashes computed at the same time; one per core. */
  readonly workers: number;
  /** Number of requests that may wait for a worker. */
  readonly queue: number;
  /** Longest time that a request waits, in milliseconds. */
  readonly waitMs: number;
}

/** Too many passwords are being checked; the client may try again after `extra.retryAfter` seconds. */
export class HashPoolFull extends Error {
  override readonly name = 'HashPoolFull';
  readonly code = 'UNAVAILABLE';
  readonly status = 503;
  readonly limit = 'password-queue';
  readonly extra: { readonly retryAfter: number };

  constructor(retryAfter: number) {
    super('Too many sign-ins at this moment. Please try again shortly.');
    this.extra = { retryAfter };
  }
}

/**
 * Limits password hashing. A flood of sign-ins then leads to refusals and does not overload the machine (OWASP ASVS 2.4,
 * 6.3.1).
 */
export class HashPool {
  private readonly queue: PQueue;

  constructor(private readonly limits: HashLimits) {
    this.queue = new PQueue({ concurrency: limits.workers });
  }

  /** @throws HashPoolFull when the queue is full or the wait was too long; the hash was not started. */
  async run<T>(hash: () => Promise<T>): Promise<T> {
    const { workers, queue, waitMs } = this.limits;
    if (this.queue.pending + this.queue.size >= workers + queue) throw this.full();
    // A free worker needs no limit of the wait.
    if (this.queue.pending < workers) return this.queue.add(hash);
    const wait = new AbortController();
    const timer = setTimeout(() => wait.abort(this.full()), waitMs);
    const begin = () => {
      clearTimeout(timer);
      return hash();
    };
    return this.queue.add(begin, { signal: wait.signal });
  }

  private full(): HashPoolFull {
    return new HashPoolFull(Math.ceil(this.limits.waitMs / 1000));
  }
}
