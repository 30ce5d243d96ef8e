import PQueue from 'p-queue';

/** Does named jobs, so many at once; the others wait their turn. A job never rejects. */
export class Lanes {
  private readonly queue: PQueue;
  private readonly names = new Set<string>();

  constructor(
    width: number,
    private readonly longest: number,
  ) {
    this.queue = new PQueue({ concurrency: width });
  }

  /** A job whose name is here already, and what is too much, is left out. */
  enter(name: string, job: () => Promise<void>): void {
    if (this.names.has(name) || this.queue.size >= this.longest) return;
    this.names.add(name);
    void this.queue.add(job).finally(() => this.names.delete(name));
  }

  /** Drops the jobs that have not begun. Their names stay taken: nothing enters a queue that stops. */
  clear(): void {
    this.queue.clear();
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    await this.queue.onIdle();
  }
}
