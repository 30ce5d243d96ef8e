import {
  BrakeStore,
  type BrakeEnd,
  type BrakeRecord,
  type BrakeStart,
} from '../../core/contracts/stores/brake.store.js';
import { isId } from '../../core/contracts/stores/ids.js';
import type { Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

/** Brakes, in memory. */
export class MemoryBrakeStore extends BrakeStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  read(accountId: string): Promise<BrakeRecord | null> {
    return this.run(() => this.tables.brakes.get(accountId) ?? null);
  }

  start(accountId: string, { cause, eventId, startedAt, until }: BrakeStart): Promise<boolean> {
    return this.change(accountId, (row) => {
      const isStored = row.startedAt === startedAt && row.eventId === eventId;
      if (row.startedAt > startedAt || isStored) return null;
      const ended = { shortenedBy: null, approvedBy: null };
      return { ...row, ...ended, cause, eventId, startedAt, until: Math.max(row.until, until) };
    });
  }

  shorten(
    accountId: string,
    from: Pick<BrakeRecord, 'startedAt' | 'until'>,
    { at, shortenedBy, approvedBy }: BrakeEnd,
  ): Promise<boolean> {
    return this.change(accountId, (row) => {
      const isSame = row.startedAt === from.startedAt && row.until === from.until;
      return isSame && row.until > at ? { ...row, until: at, shortenedBy, approvedBy } : null;
    });
  }

  async freeze(accountId: string, at: number): Promise<void> {
    await this.change(accountId, (row) => (row.frozenAt < at ? { ...row, frozenAt: at } : null));
  }

  async thaw(accountId: string, at = Number.MAX_SAFE_INTEGER): Promise<void> {
    await this.change(accountId, (row) => (row.frozenAt <= at ? { ...row, frozenAt: 0 } : null));
  }

  async noteRecovery(accountId: string, at: number): Promise<void> {
    await this.change(accountId, (row) => (row.recoveryUsedAt < at ? { ...row, recoveryUsedAt: at } : null));
  }

  remove(accountId: string): Promise<void> {
    return this.run(() => void this.tables.brakes.delete(accountId));
  }

  private change(accountId: string, next: (row: BrakeRecord) => BrakeRecord | null): Promise<boolean> {
    return this.run(() => {
      if (!isId(accountId)) return false;
      const changed = next(this.tables.brakes.get(accountId) ?? emptyRow(accountId));
      if (changed) this.tables.brakes.set(accountId, changed);
      return changed !== null;
    });
  }
}

function emptyRow(accountId: string): BrakeRecord {
  const never = { startedAt: 0, until: 0, frozenAt: 0, recoveryUsedAt: 0 };
  return { ...never, accountId, cause: '', eventId: '', shortenedBy: null, approvedBy: null };
}
