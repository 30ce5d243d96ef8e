import {
  FactorStore,
  type EndedSessions,
  type FactorSet,
  type ResetMark,
  type SessionVersions,
  type StoredFactor,
} from '../../core/contracts/stores/factor.store.js';
import { isId } from '../../core/contracts/stores/ids.js';
import { add, type AccountLine, type Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

const noneEnded: EndedSessions = { version: 0, keepKey: null };

function setOf(line: AccountLine | undefined): FactorSet {
  return { primaryCount: line?.primaryCount ?? 0, version: line?.version ?? 0, reset: line?.reset };
}

/** Factors and account rows, in memory. */
export class MemoryFactorStore extends FactorStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  load(accountId: string): Promise<{ set: FactorSet; factors: StoredFactor[] }> {
    return this.run(() => ({
      set: setOf(this.tables.accounts.get(accountId)),
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

  bumpVersion(
    accountId: string,
    from: FactorSet,
    primaryCount: number,
    version = from.version + 1,
  ): Promise<boolean> {
    return this.run(() => {
      const line = this.tables.accounts.get(accountId);
      if (!isId(accountId) || setOf(line).version !== from.version) return false;
      const { ended = noneEnded, reset } = line ?? {};
      this.tables.accounts.set(accountId, { primaryCount, version, ended, reset });
      return true;
    });
  }

  markReset(accountId: string, mark: ResetMark | null): Promise<boolean> {
    return this.run(() => {
      const line = this.tables.accounts.get(accountId);
      if (line) this.tables.accounts.set(accountId, { ...line, reset: mark ?? undefined });
      return line !== undefined;
    });
  }

  endSessions(accountId: string, ended: EndedSessions): Promise<boolean> {
    return this.run(() => {
      const line = this.tables.accounts.get(accountId);
      if (!line || line.ended.version >= ended.version) return false;
      this.tables.accounts.set(accountId, { ...line, ended });
      return true;
    });
  }

  sessionVersions(accountId: string): Promise<SessionVersions> {
    return this.run(() => {
      const line = this.tables.accounts.get(accountId);
      return { now: setOf(line).version, ended: line?.ended ?? noneEnded };
    });
  }

  private of(id: string, accountId: string): StoredFactor | undefined {
    const factor = this.tables.factors.get(id);
    return factor?.accountId === accountId ? factor : undefined;
  }
}
