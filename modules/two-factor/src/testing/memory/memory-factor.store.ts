import { FactorStore, type FactorSet, type StoredFactor } from '../../core/stores/factor.store.js';
import { isId } from '../../core/stores/ids.js';
import { add, type Tables } from './tables.js';
import type { Run } from './turns.js';

/** Factors and account rows, in memory. */
export class MemoryFactorStore extends FactorStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  ofAccount(accountId: string): Promise<{ set: FactorSet; factors: StoredFactor[] }> {
    return this.run(() => ({
      set: this.tables.accounts.get(accountId) ?? { primaries: 0, version: 0 },
      factors: [...this.tables.factors.values()]
        .filter((factor) => factor.accountId === accountId)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    }));
  }

  insert(factor: StoredFactor): Promise<void> {
    return this.run(() => add(this.tables.factors, factor));
  }

  update(
    { id, accountId, version }: Pick<StoredFactor, 'id' | 'accountId' | 'version'>,
    change: { readonly sealed?: string; readonly lastUsedAt: number },
  ): Promise<boolean> {
    return this.run(() => {
      const factor = this.of(id, accountId);
      if (factor?.version !== version) return false;
      const sealed = change.sealed ?? factor.sealed;
      this.tables.factors.set(id, { ...factor, sealed, lastUsedAt: change.lastUsedAt, version: version + 1 });
      return true;
    });
  }

  rename(id: string, accountId: string, label: string): Promise<boolean> {
    return this.run(() => {
      const factor = this.of(id, accountId);
      if (factor) this.tables.factors.set(id, { ...factor, label });
      return factor !== undefined;
    });
  }

  remove(id: string, accountId: string): Promise<boolean> {
    return this.run(() => this.of(id, accountId) !== undefined && this.tables.factors.delete(id));
  }

  advance(accountId: string, from: FactorSet, primaries: number): Promise<boolean> {
    return this.run(() => {
      const version = this.tables.accounts.get(accountId)?.version ?? 0;
      if (!isId(accountId) || version !== from.version) return false;
      this.tables.accounts.set(accountId, { primaries, version: from.version + 1 });
      return true;
    });
  }

  private of(id: string, accountId: string): StoredFactor | undefined {
    const factor = this.tables.factors.get(id);
    return factor?.accountId === accountId ? factor : undefined;
  }
}
