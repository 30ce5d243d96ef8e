import { CheckUpStore, type CheckUp } from '../../../core/contracts/stores/desk/check-up.store.js';
import { areIds } from '../../../core/contracts/stores/ids.js';
import type { Tables } from '../tables.js';
import type { Run } from '../transaction-queue.js';

/** Check-ups, in memory. */
export class MemoryCheckUpStore extends CheckUpStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  list(accountId: string): Promise<readonly CheckUp[]> {
    return this.run(() => [...this.tables.checkUps.values()].filter((each) => each.accountId === accountId));
  }

  record(
    { factorId, accountId }: Pick<CheckUp, 'factorId' | 'accountId'>,
    times: Partial<CheckUp>,
  ): Promise<void> {
    return this.run(() => {
      const none = { passedAt: null, failedAt: null, laterAt: null };
      const before = this.tables.checkUps.get(factorId) ?? { ...none, factorId, accountId };
      if (!areIds(factorId, accountId) || before.accountId !== accountId) return;
      this.tables.checkUps.set(factorId, { ...before, ...times, factorId, accountId });
    });
  }

  discard(accountId: string, except: readonly string[]): Promise<void> {
    return this.run(() => {
      for (const each of this.tables.checkUps.values())
        if (each.accountId === accountId && !except.includes(each.factorId))
          this.tables.checkUps.delete(each.factorId);
    });
  }
}
