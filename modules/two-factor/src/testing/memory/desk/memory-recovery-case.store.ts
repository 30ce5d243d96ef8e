import {
  RecoveryCaseStore,
  type RecoveryCase,
  type RecoveryCaseChange,
  type RecoveryCaseState,
} from '../../../core/contracts/stores/desk/recovery-case.store.js';
import type { Tables } from '../tables.js';
import type { Run } from '../transaction-queue.js';

const OPEN: readonly RecoveryCaseState[] = ['open', 'approved'];

/** Recovery cases, in memory. */
export class MemoryRecoveryCaseStore extends RecoveryCaseStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  open(opened: RecoveryCase): Promise<boolean> {
    return this.run(() => {
      const before = this.tables.recoveryCases.get(opened.accountId);
      if (before && OPEN.includes(before.state)) return false;
      this.tables.recoveryCases.set(opened.accountId, { ...opened });
      return true;
    });
  }

  ofAccount(accountId: string): Promise<RecoveryCase | null> {
    return this.run(() => this.tables.recoveryCases.get(accountId) ?? null);
  }

  find(id: string): Promise<RecoveryCase | null> {
    return this.run(() => this.all().find((each) => each.id === id) ?? null);
  }

  list(states: readonly RecoveryCaseState[], limit: number): Promise<readonly RecoveryCase[]> {
    return this.run(() =>
      this.all()
        .filter(({ state }) => states.includes(state))
        .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  due(now: number, limit: number): Promise<readonly RecoveryCase[]> {
    return this.run(() =>
      this.all()
        .filter(({ state, dueAt }) => OPEN.includes(state) && dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  update(
    { id, accountId, version }: Pick<RecoveryCase, 'id' | 'accountId' | 'version'>,
    change: RecoveryCaseChange,
  ): Promise<boolean> {
    return this.run(() => {
      const before = this.tables.recoveryCases.get(accountId);
      if (before?.id !== id || before.version !== version) return false;
      this.tables.recoveryCases.set(accountId, { ...before, ...change, version: version + 1 });
      return true;
    });
  }

  discard(accountId: string): Promise<void> {
    return this.run(() => {
      this.tables.recoveryCases.delete(accountId);
    });
  }

  private all(): RecoveryCase[] {
    return [...this.tables.recoveryCases.values()];
  }
}
