import type { TwoFactorEvent } from '../../core/contracts/events.js';
import {
  EventStore,
  type EventSideEffects,
  type RecordedEvent,
} from '../../core/contracts/stores/event.store.js';
import { insertIgnoreWithCommit, type Statements, type Table } from 'typeorm-unit-of-work';
import { longest } from '../schema/column-types.js';
import { isId } from '../../core/contracts/stores/ids.js';

const events: Table = {
  name: 'two_factor_events',
  columns: ['id', 'name', 'account_id', 'body', 'tries', 'claimed_until', 'created_at'],
  maxLengths: { id: longest.id, name: longest.name, account_id: longest.id },
};

/** Events in the table `two_factor_events`, until they are delivered. */
export class TypeOrmEventStore extends EventStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async record(recorded: readonly RecordedEvent[], claimedUntil: number): Promise<void> {
    if (recorded.length === 0) return;
    const rows = recorded.map(({ event, sideEffects, tries }) => ({
      id: event.id,
      name: event.name,
      account_id: event.accountId,
      body: JSON.stringify({ event, sideEffects }),
      tries,
      claimed_until: claimedUntil,
      created_at: event.at,
    }));
    await insertIgnoreWithCommit(this.statements, events, rows);
  }

  async findDue(now: number, parkedAt: number, limit: number): Promise<readonly RecordedEvent[]> {
    const lines = await this.statements.query<{ body: string; tries: number }>(
      `SELECT body, tries FROM two_factor_events WHERE claimed_until <= :now AND tries < :parkedAt
       ORDER BY created_at, id LIMIT :limit`,
      { now, parkedAt, limit },
    );
    return lines.map(({ body, tries }) => {
      const { event, sideEffects } = JSON.parse(body) as Body;
      // rows of an older release have no version
      return { event: { ...event, version: 1 }, sideEffects, tries };
    });
  }

  async claim(id: string, now: number, until: number): Promise<boolean> {
    if (!isId(id)) return false;
    return this.statements.executeOne(
      'UPDATE two_factor_events SET claimed_until = :until WHERE id = :id AND claimed_until <= :now',
      { id, now, until },
    );
  }

  async markDelivered(ids: readonly string[]): Promise<void> {
    const known = ids.filter(isId);
    if (known.length === 0) return;
    await this.statements.execute('DELETE FROM two_factor_events WHERE id IN (:ids)', { ids: known });
  }

  async markFailed(id: string, again: number): Promise<void> {
    if (!isId(id)) return;
    await this.statements.execute(
      'UPDATE two_factor_events SET tries = tries + 1, claimed_until = :again WHERE id = :id',
      { id, again },
    );
  }
}

interface Body {
  readonly event: TwoFactorEvent;
  readonly sideEffects: EventSideEffects;
}
