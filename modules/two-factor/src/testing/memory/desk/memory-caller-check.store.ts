import {
  CallerCheckStore,
  type CallerCheck,
  type CallerCheckAnswer,
} from '../../../core/contracts/stores/desk/caller-check.store.js';
import type { Tables } from '../tables.js';
import type { Run } from '../transaction-queue.js';

/** Caller checks, in memory. */
export class MemoryCallerCheckStore extends CallerCheckStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  start(check: CallerCheck): Promise<void> {
    return this.run(() => {
      this.tables.callerChecks.set(JSON.stringify([check.accountId, check.agentId]), { ...check });
    });
  }

  list(accountId: string): Promise<readonly CallerCheck[]> {
    return this.run(() =>
      [...this.tables.callerChecks.values()]
        .filter((check) => check.accountId === accountId)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)),
    );
  }

  answer(
    { id, accountId }: Pick<CallerCheck, 'id' | 'accountId'>,
    answer: CallerCheckAnswer,
    now: number,
  ): Promise<boolean> {
    return this.run(() => {
      for (const [key, check] of this.tables.callerChecks) {
        if (check.id !== id || check.accountId !== accountId) continue;
        if (check.state !== 'open' || check.expiresAt <= now) return false;
        this.tables.callerChecks.set(key, { ...check, ...answer });
        return true;
      }
      return false;
    });
  }

  discard(accountId: string): Promise<void> {
    return this.remove((check) => check.accountId === accountId);
  }

  sweep(now: number): Promise<void> {
    return this.remove(({ expiresAt }) => expiresAt < now);
  }

  private remove(isGone: (check: CallerCheck) => boolean): Promise<void> {
    return this.run(() => {
      for (const [key, check] of this.tables.callerChecks)
        if (isGone(check)) this.tables.callerChecks.delete(key);
    });
  }
}
