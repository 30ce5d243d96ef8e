type Job = () => Promise<void>;

/** Does named jobs, so many at once; the others wait their turn. A job never rejects. */
export class Lanes {
  private readonly waiting = new Map<string, Job>();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly width: number,
    private readonly longest: number,
  ) {}

  /** A job whose name is here already, and what is too much, is left out. */
  enter(name: string, job: Job): void {
    if (this.running.has(name) || this.waiting.size >= this.longest) return;
    this.waiting.set(name, job);
    this.fill();
  }

  /** Leaves out whatever has not begun. */
  clear(): void {
    this.waiting.clear();
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private fill(): void {
    for (const [name, job] of this.waiting) {
      if (this.running.size >= this.width) return;
      this.waiting.delete(name);
      this.start(name, job);
    }
  }

  private start(name: string, job: Job): void {
    const done = job().finally(() => {
      this.running.delete(name);
      this.fill();
    });
    this.running.set(name, done);
  }
}
