/** How much hashing goes on at once, and how much may wait. */
export interface HashLimits {
  /** Hashes computed at the same time; one per core. */
  readonly workers: number;
  /** Requests that may wait for a worker. */
  readonly queue: number;
  /** How long one waits, in milliseconds. */
  readonly waitMs: number;
}

/** Too many passwords to check: the client may try again after `extra.retryAfter` seconds. */
export class HashPoolFull extends Error {
  override readonly name = 'HashPoolFull';
  readonly code = 'UNAVAILABLE';
  readonly status = 503;
  readonly extra: { readonly retryAfter: number };

  constructor(retryAfter: number) {
    super('Too many sign-ins at this moment. Please try again shortly.');
    this.extra = { retryAfter };
  }
}

interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Bounds password hashing, so that a flood of sign-ins costs refusals and not the machine (OWASP ASVS 2.4, 6.3.1). */
export class HashPool {
  private running = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly limits: HashLimits) {}

  /** @throws HashPoolFull when the queue is full or the wait was too long. */
  async run<T>(hash: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.workers) await this.turn();
    else this.running++;
    try {
      return await hash();
    } finally {
      this.passOn();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.size >= this.limits.queue) return Promise.reject(this.full());
    return new Promise((start, refuse) => {
      const timer = setTimeout(() => {
        this.waiting.delete(entry);
        refuse(this.full());
      }, this.limits.waitMs);
      const entry: Waiting = { start, timer };
      this.waiting.add(entry);
    });
  }

  /** The place goes straight to whoever waits longest, so that nobody overtakes. */
  private passOn(): void {
    const [next] = this.waiting;
    if (!next) {
      this.running--;
      return;
    }
    this.waiting.delete(next);
    clearTimeout(next.timer);
    next.start();
  }

  private full(): HashPoolFull {
    return new HashPoolFull(Math.ceil(this.limits.waitMs / 1000));
  }
}
