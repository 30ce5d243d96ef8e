import PQueue from 'p-queue';

/** Runs named jobs, a limited number at once; the others wait. A job never rejects. */
export class Lanes {
  private readonly queue: PQueue;
  private readonly names = new Set<string>();

  constructor(
    width: number,
    private readonly longest: number,
  ) {
    this.queue = new PQueue({ concurrency: width });
  }

  /** A job is ignored if its name is already queued, or if the queue is full. */
  enter(name: string, job: () => Promise<void>): void {
    if (this.names.has(name) || this.queue.size >= this.longest) return;
    this.names.add(name);
    void this.queue.add(job).finally(() => this.names.delete(name));
  }

  /** Drops the jobs that have not started. Their names stay reserved, so a stopping queue accepts nothing. */
  clear(): void {
    this.queue.clear();
  }

  /** Resolves when no job is running or waiting. */
  async settled(): Promise<void> {
    await this.queue.onIdle();
  }
}
