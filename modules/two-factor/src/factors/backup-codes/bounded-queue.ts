import { Busy } from '../../core/common/errors.js';

/** Runs costly work a few at a time, first come first served, and refuses when too much is waiting. */
export class BoundedQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    /** How many run at the same time. */
    private readonly width: number,
    /** How many may wait for their turn. */
    private readonly longest: number,
  ) {}

  /** @throws Busy when too much is waiting; the work has not begun. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private turn(): Promise<void> | undefined {
    if (this.running < this.width) {
      this.running += 1;
      return undefined;
    }
    if (this.waiting.length >= this.longest) {
      throw new Busy('Too many backup codes are being looked at.');
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Hands the place on, or gives it up: `running` stays as it is when somebody takes over. */
  private next(): void {
    const first = this.waiting.shift();
    if (first) {
      first();
    } else {
      this.running -= 1;
    }
  }
}
