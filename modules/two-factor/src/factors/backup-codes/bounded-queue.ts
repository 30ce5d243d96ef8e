import PQueue from 'p-queue';
import { Busy } from '../../core/common/errors.js';

/** Runs costly work with limited concurrency, first in, first out, and refuses when too much is waiting. */
export class BoundedQueue {
  private readonly queue: PQueue;

  constructor(
    /** How many run at the same time. */
    private readonly width: number,
    /** How many may wait. */
    private readonly longest: number,
  ) {
    this.queue = new PQueue({ concurrency: width });
  }

  /** @throws Busy when too many are waiting; the work was not started. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const { pending, size } = this.queue;
    if (pending + size >= this.width + this.longest) {
      throw new Busy('Too many backup codes are being looked at.');
    }
    return this.queue.add(work);
  }
}
