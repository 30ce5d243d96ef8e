import { Injectable } from '@nestjs/common';
import type { Account } from '../../../accounts/account.js';
import { Accounts } from '../../../accounts/accounts.service.js';
import { Clock } from '../../../clock.js';
import { listPage, placeText, readPlace } from '../../../database/list-page.js';
import { firstQueryValue } from '../../common/first-query-value.js';
import { type ApprovalRow, approvalStates } from './approval.entity.js';
import { type ApprovalQuery, ApprovalRows } from './approval-rows.js';

/** Number of requests per page. */
const pageSize = 50;

/** A person as staff see them: the id, and the e-mail address, or the bare id of a deleted account. */
export interface NamedPerson {
  readonly id: string;
  readonly email: string;
}

/** A request as staff see it. */
export interface ListedApproval extends Pick<
  ApprovalRow,
  'id' | 'act' | 'reason' | 'why' | 'ticketId' | 'ticketNumber' | 'askedAt' | 'expiresAt' | 'decidedAt'
> {
  /** `expired`: nobody approved it within a day. */
  readonly state: ApprovalRow['state'] | 'expired';
  readonly client: NamedPerson;
  readonly askedBy: NamedPerson;
  readonly decidedBy: NamedPerson | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A page of the list; `next` is the position where the following one begins. */
export interface ApprovalPage {
  readonly approvals: readonly ListedApproval[];
  readonly state: ApprovalRow['state'] | null;
  readonly next: string | null;
}

/** Requests with names instead of ids. */
@Injectable()
export class ApprovalList {
  constructor(
    private readonly rows: ApprovalRows,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** Any query is allowed; invalid values are ignored. Runs two statements. */
  async page(viewer: Account, query: Readonly<Record<string, unknown>>): Promise<ApprovalPage> {
    const filter = readFilter(query);
    const { shown, last } = await listPage(pageSize, (limit) =>
      this.rows.list({ ...filter, viewerId: viewer.id, limit }),
    );
    return {
      approvals: await this.named(shown),
      state: filter.state ?? null,
      next: last ? placeText({ at: last.askedAt, id: last.id }) : null,
    };
  }

  /** The requests about one client that are not decided, or not carried out, yet. */
  async ofClient(clientId: string): Promise<readonly ListedApproval[]> {
    const named = await this.named(await this.rows.ofClient(clientId));
    return named.filter(({ state }) => state !== 'expired');
  }

  /** These requests with names. Runs one statement. */
  async named(rows: readonly ApprovalRow[]): Promise<readonly ListedApproval[]> {
    const ids = rows.flatMap((row) => [row.clientId, row.askedBy, row.decidedBy]).filter((id) => id !== null);
    const emails = await this.accounts.emailsOf([...new Set(ids)]);
    const person = (id: string): NamedPerson => ({ id, email: emails.get(id) ?? id });
    const now = this.clock.now();
    return rows.map((row) => ({
      ...factsOf(row),
      state: row.state === 'asked' && row.expiresAt <= now ? 'expired' : row.state,
      client: person(row.clientId),
      askedBy: person(row.askedBy),
      decidedBy: row.decidedBy === null ? null : person(row.decidedBy),
      parameters: JSON.parse(row.parameters) as ListedApproval['parameters'],
    }));
  }
}

function readFilter(query: Readonly<Record<string, unknown>>): Pick<ApprovalQuery, 'state' | 'after'> {
  const state = approvalStates.find((each) => each === query['state']);
  const after = readPlace(firstQueryValue(query['after']));
  return { ...(state && { state }), ...(after && { after }) };
}

function factsOf({
  id,
  act,
  reason,
  why,
  ticketId,
  ticketNumber,
  askedAt,
  expiresAt,
  decidedAt,
}: ApprovalRow) {
  return { id, act, reason, why, ticketId, ticketNumber, askedAt, expiresAt, decidedAt };
}
