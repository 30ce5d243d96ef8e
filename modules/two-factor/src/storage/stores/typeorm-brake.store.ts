import { insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import {
  BrakeStore,
  type BrakeEnd,
  type BrakeRecord,
  type BrakeStart,
} from '../../core/contracts/stores/brake.store.js';
import { isId } from '../../core/contracts/stores/ids.js';
import { longest } from '../schema/column-types.js';

const brakes: Table = {
  name: 'two_factor_brakes',
  columns: ['account_id', 'cause', 'event_id', 'started_at', 'until_at', 'frozen_at', 'recovery_used_at'],
  maxLengths: { account_id: longest.id },
};

const empty = { cause: '', event_id: '', started_at: 0, until_at: 0, frozen_at: 0, recovery_used_at: 0 };

/** A row; drivers return 64-bit numbers as text. */
interface BrakeLine {
  readonly cause: string;
  readonly event_id: string;
  readonly started_at: number | string;
  readonly until_at: number | string;
  readonly frozen_at: number | string;
  readonly recovery_used_at: number | string;
  readonly shortened_by: string | null;
  readonly approved_by: string | null;
}

/** Brakes in the table `two_factor_brakes`. */
export class TypeOrmBrakeStore extends BrakeStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async read(accountId: string): Promise<BrakeRecord | null> {
    if (!isId(accountId)) return null;
    const [line] = await this.statements.query<BrakeLine>(
      'SELECT * FROM two_factor_brakes WHERE account_id = :accountId',
      { accountId },
    );
    return line ? recordOf(accountId, line) : null;
  }

  start(accountId: string, { cause, eventId, startedAt, until }: BrakeStart): Promise<boolean> {
    return this.upsert(
      accountId,
      `UPDATE two_factor_brakes
       SET cause = :cause, event_id = :eventId, started_at = :startedAt,
         until_at = CASE WHEN until_at < :until THEN :until ELSE until_at END,
         shortened_by = NULL, approved_by = NULL
       WHERE account_id = :accountId
         AND (started_at < :startedAt OR (started_at = :startedAt AND event_id <> :eventId))`,
      { accountId, cause, eventId, startedAt, until },
    );
  }

  async shorten(
    accountId: string,
    { startedAt, until }: Pick<BrakeRecord, 'startedAt' | 'until'>,
    { at, shortenedBy, approvedBy }: BrakeEnd,
  ): Promise<boolean> {
    if (!isId(accountId)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_brakes SET until_at = :at, shortened_by = :shortenedBy, approved_by = :approvedBy
       WHERE account_id = :accountId AND started_at = :startedAt AND until_at = :until AND until_at > :at`,
      { accountId, startedAt, until, at, shortenedBy, approvedBy },
    );
  }

  async freeze(accountId: string, at: number): Promise<void> {
    await this.upsert(
      accountId,
      'UPDATE two_factor_brakes SET frozen_at = :at WHERE account_id = :accountId AND frozen_at < :at',
      { accountId, at },
    );
  }

  async thaw(accountId: string, at = Number.MAX_SAFE_INTEGER): Promise<void> {
    if (!isId(accountId)) return;
    await this.statements.execute(
      `UPDATE two_factor_brakes SET frozen_at = 0
       WHERE account_id = :accountId AND frozen_at > 0 AND frozen_at <= :at`,
      { accountId, at },
    );
  }

  async noteRecovery(accountId: string, at: number): Promise<void> {
    await this.upsert(
      accountId,
      `UPDATE two_factor_brakes SET recovery_used_at = :at
       WHERE account_id = :accountId AND recovery_used_at < :at`,
      { accountId, at },
    );
  }

  async remove(accountId: string): Promise<void> {
    if (!isId(accountId)) return;
    await this.statements.execute('DELETE FROM two_factor_brakes WHERE account_id = :accountId', {
      accountId,
    });
  }

  /** Updates the row. Where none was updated, there may be no row yet, so an empty one is created first. */
  private async upsert(
    accountId: string,
    update: string,
    values: Readonly<Record<string, string | number>>,
  ): Promise<boolean> {
    if (!isId(accountId)) return false;
    if (await this.statements.executeOne(update, values)) return true;
    await insertIgnore(this.statements, brakes, [{ ...empty, account_id: accountId }]);
    return this.statements.executeOne(update, values);
  }
}

function recordOf(accountId: string, line: BrakeLine): BrakeRecord {
  return {
    accountId,
    cause: line.cause,
    eventId: line.event_id,
    startedAt: Number(line.started_at),
    until: Number(line.until_at),
    frozenAt: Number(line.frozen_at),
    recoveryUsedAt: Number(line.recovery_used_at),
    shortenedBy: line.shortened_by,
    approvedBy: line.approved_by,
  };
}
