import {
  LockDownStore,
  type LockDown,
  type StopLink,
} from '../../../core/contracts/stores/lock-down.store.js';
import { add, type Tables } from '../tables.js';
import type { Run } from '../transaction-queue.js';

/** Stop links and lock-downs, in memory. */
export class MemoryLockDownStore extends LockDownStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  addLink(link: StopLink): Promise<void> {
    return this.run(() => add(this.tables.stopLinks, link));
  }

  findLink(id: string, now: number): Promise<StopLink | null> {
    return this.run(() => {
      const link = this.tables.stopLinks.get(id);
      return link && link.expiresAt > now ? link : null;
    });
  }

  lock(lockDown: LockDown): Promise<boolean> {
    return this.run(() => {
      if (this.tables.lockDowns.has(lockDown.id)) return false;
      add(this.tables.lockDowns, lockDown);
      return true;
    });
  }

  list(accountId: string): Promise<readonly LockDown[]> {
    return this.run(() =>
      [...this.tables.lockDowns.values()]
        .filter((each) => each.accountId === accountId)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)),
    );
  }

  release({ id, accountId }: Pick<LockDown, 'id' | 'accountId'>, at: number): Promise<boolean> {
    return this.run(() => {
      const found = this.tables.lockDowns.get(id);
      if (found?.accountId !== accountId || found.releasedAt !== null) return false;
      this.tables.lockDowns.set(id, { ...found, releasedAt: at });
      return true;
    });
  }

  discard(accountId: string): Promise<void> {
    return this.run(() => {
      deleteWhere(this.tables.stopLinks, (link) => link.accountId === accountId);
      deleteWhere(this.tables.lockDowns, (lockDown) => lockDown.accountId === accountId);
    });
  }

  sweep(now: number, older: number): Promise<void> {
    return this.run(() => {
      deleteWhere(this.tables.stopLinks, ({ expiresAt }) => expiresAt < now);
      deleteWhere(
        this.tables.lockDowns,
        ({ releasedAt, createdAt }) => releasedAt !== null && createdAt < older,
      );
    });
  }
}

function deleteWhere<Row extends { readonly id: string }>(
  rows: Map<string, Row>,
  isMeant: (row: Row) => boolean,
): void {
  for (const row of rows.values()) if (isMeant(row)) rows.delete(row.id);
}
