import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { Clock } from '../../../clock.js';
import type { Place } from '../../../database/list-page.js';
import { isRowId } from '../../../database/row-id.js';
import { ApprovalRow, type ApprovalState } from './approval.entity.js';

/** How long a process has an approved act of a module for itself. After that, it has ended without a result. */
const claimMs = 60_000;

/** The filter of the list. */
export interface ApprovalQuery {
  readonly state?: ApprovalState;
  /** The time is that of the request. */
  readonly after?: Place;
  /** Nobody sees what was asked for about their own account. */
  readonly viewerId: string;
  readonly limit: number;
}

const table: Table = {
  name: 'staff_approvals',
  columns: [
    ...['id', 'act', 'parameters', 'client_id', 'asked_by', 'reason', 'why', 'ticket_id', 'ticket_number'],
    ...['state', 'open_key', 'asked_at', 'expires_at', 'decided_by', 'decided_at', 'claimed_until'],
  ],
  maxLengths: { reason: 500, why: 100 },
};

/** A new row, before anybody decides. */
export type AskedApproval = Omit<ApprovalRow, 'state' | 'decidedBy' | 'decidedAt' | 'claimedUntil'>;

const release = 'UPDATE staff_approvals SET open_key = NULL WHERE open_key = :openKey AND expires_at <= :now';

const decide = `UPDATE staff_approvals
  SET state = :state, open_key = NULL, decided_by = :by, decided_at = :now, claimed_until = :until
  WHERE id = :id AND state = 'asked' AND expires_at > :now`;

const claimAgain = `UPDATE staff_approvals SET claimed_until = :until
  WHERE id = :id AND state = 'approved' AND decided_by = :by AND claimed_until <= :now AND expires_at > :now`;

const finish = `UPDATE staff_approvals SET state = :state, claimed_until = :until
  WHERE id = :id AND state = 'approved'`;

/** The rows of approvals. Every change is one statement that requires the state before it: a compare-and-set. */
@Injectable()
export class ApprovalRows {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Null when there is none. */
  find(id: string): Promise<ApprovalRow | null> {
    return isRowId(id) ? this.database.manager.findOneBy(ApprovalRow, { id }) : Promise.resolve(null);
  }

  /** Inserts a row in the given transaction. False when the same request waits already. */
  async insert(row: AskedApproval, manager: EntityManager): Promise<boolean> {
    const { openKey } = row;
    await this.statements(manager).execute(release, { openKey: openKey ?? '', now: this.clock.now() });
    return (await insertIgnore(this.statements(manager), table, [rowOf(row)])) === 1;
  }

  /** The waiting request with this key. */
  open(openKey: string, manager: EntityManager): Promise<ApprovalRow | null> {
    return manager.findOneBy(ApprovalRow, { openKey });
  }

  /** Decides a request that still waits. Of two simultaneous calls one gets false. */
  decide(
    id: string,
    { state, by }: { readonly state: ApprovalState; readonly by: string },
    manager: EntityManager,
  ): Promise<boolean> {
    const now = this.clock.now();
    const until = state === 'approved' ? now + claimMs : null;
    return this.statements(manager).executeOne(decide, { id, state, by, now, until });
  }

  /** Claims an approved act whose process ended without a result. Of two simultaneous calls one gets false. */
  claimAgain(id: string, by: string): Promise<boolean> {
    const now = this.clock.now();
    return this.statements().executeOne(claimAgain, { id, by, now, until: now + claimMs });
  }

  /** Stores the result of an approved act. */
  async finish(id: string, state: 'done' | 'void'): Promise<void> {
    await this.statements().execute(finish, { id, state, until: null });
  }

  /** Gives an approved act free after an error, so that it can be tried again at once. */
  async free(id: string): Promise<void> {
    await this.statements().execute(finish, { id, state: 'approved', until: 0 });
  }

  /** The newest first. Keyset pagination. */
  list({ state, after, viewerId, limit }: ApprovalQuery): Promise<ApprovalRow[]> {
    const query = this.database.manager.createQueryBuilder(ApprovalRow, 'approval');
    query.where('approval.clientId <> :viewerId', { viewerId });
    if (state !== undefined) query.andWhere('approval.state = :state', { state });
    if (after) query.andWhere(behind, { askedAt: after.at, id: after.id });
    return query.orderBy('approval.askedAt', 'DESC').addOrderBy('approval.id', 'DESC').limit(limit).getMany();
  }

  /** The requests about one client that still wait for a decision or for their result. */
  ofClient(clientId: string): Promise<ApprovalRow[]> {
    const where = { clientId, state: In<ApprovalState>(['asked', 'approved']) };
    return this.database.manager.find(ApprovalRow, { where, order: { askedAt: 'DESC' }, take: 10 });
  }

  private statements(manager?: EntityManager): Statements {
    return new Statements(this.database, manager);
  }
}

// The first condition alone lets the database start its index scan at the right place.
const behind = 'approval.askedAt <= :askedAt AND (approval.askedAt < :askedAt OR approval.id < :id)';

function rowOf(row: AskedApproval) {
  return {
    ...{
      id: row.id,
      act: row.act,
      parameters: row.parameters,
      client_id: row.clientId,
      asked_by: row.askedBy,
    },
    ...{ reason: row.reason, why: row.why, ticket_id: row.ticketId, ticket_number: row.ticketNumber },
    ...{ state: 'asked', open_key: row.openKey, asked_at: row.askedAt, expires_at: row.expiresAt },
  };
}
