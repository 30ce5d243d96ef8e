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
      const before = this.tables.checkUps.get(factorId);
      if (!areIds(factorId, accountId) || (before && before.accountId !== accountId)) return;
      this.tables.checkUps.set(factorId, {
        ...{ factorId, accountId },
        passedAt: times.passedAt ?? before?.passedAt ?? null,
        failedAt: times.failedAt ?? before?.failedAt ?? null,
        laterAt: times.laterAt ?? before?.laterAt ?? null,
      });
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
