import {
  RemovedFactorStore,
  type RemovedFactor,
} from '../../../core/contracts/stores/removed-factor.store.js';
import { add, type Tables } from '../tables.js';
import type { Run } from '../transaction-queue.js';

/** Removed factors, in memory. */
export class MemoryRemovedFactorStore extends RemovedFactorStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  insert(factor: RemovedFactor): Promise<void> {
    return this.run(() => add(this.tables.removed, factor));
  }

  list(accountId: string, now: number): Promise<readonly RemovedFactor[]> {
    return this.run(() =>
      [...this.tables.removed.values()]
        .filter((each) => each.accountId === accountId && each.expiresAt > now)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    );
  }

  remove(id: string, accountId: string): Promise<boolean> {
    return this.run(
      () => this.tables.removed.get(id)?.accountId === accountId && this.tables.removed.delete(id),
    );
  }

  discard(accountId: string): Promise<void> {
    return this.run(() => this.deleteWhere((factor) => factor.accountId === accountId));
  }

  sweep(now: number): Promise<void> {
    return this.run(() => this.deleteWhere(({ expiresAt }) => expiresAt < now));
  }

  private deleteWhere(isMeant: (factor: RemovedFactor) => boolean): void {
    for (const factor of this.tables.removed.values())
      if (isMeant(factor)) this.tables.removed.delete(factor.id);
  }
}
