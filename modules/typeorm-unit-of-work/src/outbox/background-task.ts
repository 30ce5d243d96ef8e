/**
 * Work in the background: one run at a time, and each run after a delay. Requests that arrive during the delay share one run. A request
 * that arrives during a run causes another one.
 */
export class BackgroundTask {
  private current: Promise<void> | null = null;
  private requests = 0;
  private endDelay = (): void => undefined;

  /**
   * @param delayMs returns the delay of the next run, in milliseconds
   * @param run resolves to true if there is more to do: then another run follows. It must not reject.
   */
  constructor(
    private readonly delayMs: () => number,
    private readonly run: () => Promise<boolean>,
  ) {}

  /** Requests a run. The caller does not wait for it. */
  request(): void {
    this.requests += 1;
    this.current ??= this.next();
  }

  /** Ends the current delay. */
  flush(): void {
    this.endDelay();
  }

  /** Ends all delays, and resolves when no run is requested or in progress. */
  async settled(): Promise<void> {
    while (this.current) {
      this.flush();
      await this.current;
    }
  }

  private async next(): Promise<void> {
    await this.delay();
    const seen = this.requests;
    const isMore = await this.run();
    this.current = isMore || this.requests > seen ? this.next() : null;
  }

  private delay(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.delayMs());
      this.endDelay = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
