import { SealedStore, type SealedValue } from '../../core/contracts/stores/sealed.store.js';
import type { Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

/** Sealed values of one table, in memory. */
export class MemorySealedStore extends SealedStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
    readonly name: 'factors' | 'drafts' | 'removed-factors',
    readonly purpose: string,
  ) {
    super();
  }

  count(prefix: string): Promise<number> {
    return this.run(() => this.values().filter(({ sealed }) => sealed.startsWith(prefix)).length);
  }

  others(fronts: readonly string[], after: string, limit: number): Promise<readonly SealedValue[]> {
    return this.run(() =>
      this.values()
        .filter(({ id, sealed }) => id > after && !fronts.some((prefix) => sealed.startsWith(prefix)))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  find(value: Pick<SealedValue, 'id' | 'accountId'>): Promise<SealedValue | null> {
    return this.run(() => this.of(value));
  }

  replace(value: SealedValue, sealed: string): Promise<boolean> {
    return this.run(() => {
      if (this.of(value)?.sealed !== value.sealed) return false;
      const { factors, tokens, removed } = this.tables;
      const factor = factors.get(value.id);
      if (this.name === 'drafts') seal(tokens, value.id, sealed);
      else if (this.name === 'removed-factors') seal(removed, value.id, sealed);
      else if (factor) factors.set(factor.id, { ...factor, sealed, version: factor.version + 1 });
      return true;
    });
  }

  private of({ id, accountId }: Pick<SealedValue, 'id' | 'accountId'>): SealedValue | null {
    return this.values().find((each) => each.id === id && each.accountId === accountId) ?? null;
  }

  private values(): SealedValue[] {
    const { factors, tokens, removed } = this.tables;
    const rows = { factors, drafts: tokens, 'removed-factors': removed }[this.name];
    return [...rows.values()].flatMap(({ id, accountId, sealed }) =>
      sealed === null ? [] : [{ id, accountId, sealed }],
    );
  }
}

function seal<Row extends { readonly sealed: string | null }>(
  rows: Map<string, Row>,
  id: string,
  sealed: string,
): void {
  const row = rows.get(id);
  if (row) rows.set(id, { ...row, sealed });
}
