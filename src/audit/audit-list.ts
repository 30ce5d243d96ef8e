import { Injectable } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.service.js';
import type { AuditEntryRow } from './audit-entry.entity.js';
import type { AuditFilter } from './audit-filter.js';
import { Audit, type AuditPlace } from './audit.service.js';
import { spanOf } from './days.js';

/** Number of entries per page. */
const pageSize = 50;

/** An entry as staff see it. */
export interface ListedEntry {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  /** E-mail address, or the bare id of a deleted account; null when the event concerns no account. */
  readonly account: string | null;
  /** The account's id while the account exists: staff have a page for it. */
  readonly clientId: string | null;
  readonly actor: { readonly type: string; readonly label: string };
  readonly ip: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A page of the list; `next` is the position where the older entries begin. */
export interface AuditPage {
  readonly entries: readonly ListedEntry[];
  readonly next: AuditPlace | null;
}

/** The audit log with names instead of ids. */
@Injectable()
export class AuditList {
  constructor(
    private readonly audit: Audit,
    private readonly accounts: Accounts,
  ) {}

  /** An unknown address finds nothing. The days of the filter are those of `timeZone` (IANA). */
  async page({ event, account, after, ...days }: AuditFilter, timeZone: string): Promise<AuditPage> {
    const owner = account === undefined ? undefined : await this.accounts.byEmail(account);
    if (owner === null) return { entries: [], next: null };
    const query = {
      ...spanOf(days, timeZone),
      ...(event && { name: event }),
      ...(owner && { accountId: owner.id }),
      ...(after && { after }),
    };
    // One row more than the page shows tells whether there are older entries.
    const rows = await this.audit.list({ ...query, limit: pageSize + 1 });
    const shown = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    return { entries: await this.named(shown), next: last ? { at: last.at, eventId: last.eventId } : null };
  }

  private async named(rows: readonly AuditEntryRow[]): Promise<ListedEntry[]> {
    const ids = rows.flatMap((row) => [row.accountId, row.actorId]).filter((id) => id !== null);
    const emails = await this.accounts.emailsOf([...new Set(ids)]);
    const nameOf = (id: string): string => emails.get(id) ?? id;
    return rows.map((row) => ({
      id: row.eventId,
      at: row.at,
      name: row.name,
      account: row.accountId === null ? null : nameOf(row.accountId),
      clientId: row.accountId !== null && emails.has(row.accountId) ? row.accountId : null,
      actor: { type: row.actorType, label: nameOf(row.actorId) },
      ip: row.ip,
      data: JSON.parse(row.data) as ListedEntry['data'],
    }));
  }
}
