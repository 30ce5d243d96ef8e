import { BackgroundTask } from './background-task.js';

/** Maximum number of entries in one batch, and of entries that one sweep delivers. */
const batchSize = 100;

/** How long an entry waits for others to share a batch, in milliseconds. */
const batchWindowMs = 50;

/**
 * Maximum number of entries that wait in this process. Further ones are left to the sweeps, so that a slow receiver does not fill the
 * memory.
 */
const maxWaiting = 1_000;

/** An event that was stored in the transaction of its change, and is not delivered yet. */
export interface OutboxEntry {
  readonly event: { readonly id: string };
  /** How often the delivery has failed. */
  readonly tries: number;
}

/** The table of an outbox. Each method runs one statement. Times are UTC milliseconds. */
export interface OutboxTable<Entry extends OutboxEntry> {
  /** Returns entries whose claim has expired and that have failed fewer than `maxTries` times, oldest first. */
  findDue(now: number, maxTries: number, limit: number): Promise<readonly Entry[]>;

  /** Claims an entry until `until`, if its claim has expired. Returns true for exactly one caller. */
  claim(id: string, now: number, until: number): Promise<boolean>;

  /** Deletes delivered entries. */
  markDelivered(ids: readonly string[]): Promise<void>;

  /** Counts a failure. The entry is due again at `again`. */
  markFailed(id: string, again: number): Promise<void>;
}

/** How a relay claims and repeats. */
export interface RelayLimits {
  /** How long an entry belongs to the process that stored or claimed it, in milliseconds. */
  readonly claimMs: number;
  /** After this many failures an entry is parked: it stays in the table, and is not tried again. */
  readonly maxTries: number;

  /** The wait after this many failures, in milliseconds. */
  retryDelay(failures: number): number;
}

/** `refused`: the delivery is tried again. `parked`: it has failed too often, and needs an operator. */
export type DeliveryOutcome = 'refused' | 'parked';

/** Called for each failure. It must not throw. */
export type OnDeliveryFailure<Entry> = (entry: Entry, outcome: DeliveryOutcome, error: unknown) => void;

/**
 * Delivers the entries of an outbox at least once and with the same id, even if processes are killed. It delivers right after the
 * commit, in batches; a sweep delivers what a killed process left behind.
 */
export abstract class BatchingRelay<Entry extends OutboxEntry> {
  private readonly waiting: Entry[] = [];
  private readonly task = new BackgroundTask(
    () => batchWindowMs,
    () => this.deliverWaiting(),
  );
  protected abstract readonly onFailure: OnDeliveryFailure<Entry>;

  constructor(
    private readonly table: OutboxTable<Entry>,
    private readonly clock: { now(): number },
    private readonly limits: RelayLimits,
  ) {}

  /**
   * Delivers entries that this process has just stored and claimed, in their order. They share a batch with those of other requests,
   * so a busy process delivers many at the price of one. The caller does not wait for it.
   */
  enqueue(entries: readonly Entry[]): void {
    this.waiting.push(...entries.slice(0, maxWaiting - this.waiting.length));
    if (this.waiting.length > 0) this.task.request();
  }

  /** Delivers the waiting entries now, without waiting for others. */
  flush(): void {
    this.task.flush();
  }

  /** Delivers the due entries. Rejects if the table cannot be read; the next sweep tries again. */
  async sweep(): Promise<void> {
    const { claimMs, maxTries } = this.limits;
    for (const entry of await this.table.findDue(this.clock.now(), maxTries, batchSize)) {
      const now = this.clock.now();
      if (await this.table.claim(entry.event.id, now, now + claimMs)) await this.deliverBatch([entry]);
    }
  }

  /** Resolves when all entries that were enqueued before are delivered or have failed. */
  settled(): Promise<void> {
    return this.task.settled();
  }

  /** Delivers a batch in its order. Returns the errors of the entries that failed, by event id. It must not reject. */
  protected abstract deliver(batch: readonly Entry[]): Promise<ReadonlyMap<string, unknown>>;

  /** Called after an entry was delivered and its row is deleted. Best effort: a killed process does not call it. */
  protected afterDelivery?(entry: Entry): Promise<void>;

  private async deliverWaiting(): Promise<boolean> {
    await this.deliverBatch(this.waiting.splice(0, batchSize));
    return this.waiting.length > 0;
  }

  private async deliverBatch(batch: readonly Entry[]): Promise<void> {
    const failures = new Map(await this.deliver(batch));
    const delivered = batch.map(({ event }) => event.id).filter((id) => !failures.has(id));
    // An entry that stays in the table is delivered again, so it counts as failed.
    if (delivered.length > 0)
      await this.table.markDelivered(delivered).catch((error: unknown) => {
        for (const id of delivered) failures.set(id, error);
      });
    for (const entry of batch) {
      const { id } = entry.event;
      if (failures.has(id)) await this.recordFailure(entry, failures.get(id));
      else await this.afterDelivery?.(entry);
    }
  }

  private async recordFailure(entry: Entry, error: unknown): Promise<void> {
    const failures = entry.tries + 1;
    this.onFailure(entry, failures >= this.limits.maxTries ? 'parked' : 'refused', error);
    try {
      const again = this.clock.now() + this.limits.retryDelay(failures);
      await this.table.markFailed(entry.event.id, again);
    } catch (unreachable) {
      // The claim expires, so a sweep finds the entry again; only this failure is not counted.
      this.onFailure(entry, 'refused', unreachable);
    }
  }
}
