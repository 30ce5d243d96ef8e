import { BatchingRelay, type DeliveryOutcome, type OutboxEntry, type OutboxTable } from './batching-relay.js';

const claimMs = 1_000;

/** A table in memory, which several relays can share. */
class MemoryTable implements OutboxTable<OutboxEntry> {
  private readonly stored = new Map<string, { tries: number; claimedUntil: number }>();

  store(ids: readonly string[], claimedUntil: number): readonly OutboxEntry[] {
    for (const id of ids) this.stored.set(id, { tries: 0, claimedUntil });
    return ids.map((id) => ({ event: { id }, tries: 0 }));
  }

  get ids(): string[] {
    return [...this.stored.keys()];
  }

  async findDue(now: number, maxTries: number, limit: number): Promise<OutboxEntry[]> {
    return [...this.stored]
      .filter(([, { tries, claimedUntil }]) => claimedUntil <= now && tries < maxTries)
      .slice(0, limit)
      .map(([id, { tries }]) => ({ event: { id }, tries }));
  }

  async claim(id: string, now: number, until: number): Promise<boolean> {
    const row = this.stored.get(id);
    if (!row || row.claimedUntil > now) return false;
    row.claimedUntil = until;
    return true;
  }

  async markDelivered(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.stored.delete(id);
  }

  async markFailed(id: string, again: number): Promise<void> {
    const row = this.stored.get(id);
    if (row) this.stored.set(id, { tries: row.tries + 1, claimedUntil: again });
  }
}

/** A relay that notes its batches, and whose receiver refuses some ids. */
class Relay extends BatchingRelay<OutboxEntry> {
  readonly batches: string[][] = [];
  readonly published: string[] = [];
  readonly outcomes: DeliveryOutcome[] = [];
  refused: readonly string[] = [];

  constructor(
    readonly rows: MemoryTable,
    readonly time: { at: number },
  ) {
    const retryDelay = (failures: number) => claimMs * failures;
    super(rows, { now: () => time.at }, { claimMs, maxTries: 3, retryDelay });
  }

  /** Stores entries and enqueues them, as after a commit. */
  records(...ids: string[]): void {
    this.enqueue(this.rows.store(ids, this.time.at + claimMs));
  }

  get delivered(): string[] {
    return this.batches.flat();
  }

  protected readonly onFailure = (_entry: OutboxEntry, outcome: DeliveryOutcome): void =>
    void this.outcomes.push(outcome);

  protected async deliver(batch: readonly OutboxEntry[]): Promise<ReadonlyMap<string, unknown>> {
    const ids = batch.map(({ event }) => event.id);
    this.batches.push(ids);
    return new Map(ids.filter((id) => this.refused.includes(id)).map((id) => [id, new Error('refused')]));
  }

  protected override async afterDelivery({ event }: OutboxEntry): Promise<void> {
    this.published.push(event.id);
  }
}

/** Relays of two processes over one table. */
function twoNodes(): readonly [Relay, Relay] {
  const [table, time] = [new MemoryTable(), { at: 0 }];
  return [new Relay(table, time), new Relay(table, time)];
}

describe('an outbox relay', () => {
  it('delivers entries of one moment in one batch and in order, and deletes them', async () => {
    const [one] = twoNodes();
    one.records('a', 'b');
    one.records('c');
    await one.settled();
    expect(one.batches).toEqual([['a', 'b', 'c']]);
    expect(one.published).toEqual(['a', 'b', 'c']);
    expect(one.rows.ids).toEqual([]);
  });

  it('does not start for nothing', async () => {
    const [one] = twoNodes();
    one.enqueue([]);
    await one.settled();
    expect(one.batches).toEqual([]);
  });

  it('makes no batch larger than a hundred, and leaves more than a thousand to the sweep', async () => {
    const [one] = twoNodes();
    one.records(...Array.from({ length: 1_100 }, (_, i) => `e${i}`));
    await one.settled();
    expect(one.batches.map(({ length }) => length)).toEqual(Array(10).fill(100));
    one.time.at = claimMs;
    await one.sweep();
    expect(one.rows.ids).toEqual([]);
  });

  it('loses nothing of a killed process: one other delivers it, once its claim has expired', async () => {
    const [one, other] = twoNodes();
    one.rows.store(['a'], claimMs);
    one.time.at = claimMs - 1;
    await one.sweep();
    expect(one.delivered).toEqual([]);
    one.time.at = claimMs;
    await Promise.all([one.sweep(), other.sweep()]);
    expect([...one.delivered, ...other.delivered]).toEqual(['a']);
  });

  it('does not let a refused entry hold up the others, and publishes it only once it is delivered', async () => {
    const [one] = twoNodes();
    one.refused = ['b'];
    one.records('a', 'b', 'c');
    await one.settled();
    expect([one.published, one.rows.ids]).toEqual([['a', 'c'], ['b']]);
    one.refused = [];
    one.time.at = claimMs;
    await one.sweep();
    expect([one.published, one.rows.ids]).toEqual([['a', 'c', 'b'], []]);
  });

  it('waits longer after each failure, and parks an entry that has failed too often', async () => {
    const [one] = twoNodes();
    one.refused = ['a'];
    one.records('a');
    await one.settled();
    for (const wait of [1, 2]) {
      one.time.at += claimMs * wait - 1;
      await one.sweep();
      expect(one.delivered).toHaveLength(wait);
      one.time.at += 1;
      await one.sweep();
      expect(one.delivered).toHaveLength(wait + 1);
    }
    one.time.at += 1_000 * claimMs;
    await one.sweep();
    expect(one.outcomes).toEqual(['refused', 'refused', 'parked']);
    expect(one.rows.ids).toEqual(['a']);
  });

  it('delivers an entry again whose row could not be deleted, and does not publish it before', async () => {
    const [one] = twoNodes();
    const { markDelivered } = one.rows;
    one.rows.markDelivered = () => Promise.reject(new Error('no database'));
    one.records('a');
    await one.settled();
    expect([one.published, one.outcomes]).toEqual([[], ['refused']]);
    one.rows.markDelivered = markDelivered;
    one.time.at = claimMs;
    await one.sweep();
    expect([one.delivered, one.published]).toEqual([['a', 'a'], ['a']]);
  });

  it('reports a failure that cannot be counted, and finds the entry again', async () => {
    const [one] = twoNodes();
    const { markFailed } = one.rows;
    one.rows.markFailed = () => Promise.reject(new Error('no database'));
    one.refused = ['a'];
    one.records('a');
    await one.settled();
    expect(one.outcomes).toEqual(['refused', 'refused']);
    one.rows.markFailed = markFailed;
    one.refused = [];
    one.time.at = claimMs;
    await one.sweep();
    expect(one.published).toEqual(['a']);
  });

  it('rejects a sweep whose table cannot be read', async () => {
    const [one] = twoNodes();
    one.rows.findDue = () => Promise.reject(new Error('no database'));
    await expect(one.sweep()).rejects.toThrow('no database');
  });
});
