import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { AccountRow } from '../../accounts/account.entity.js';
import { GateFlagRow } from '../../auth/gates/gate-flag.entity.js';
import { InstalledModules, type NamedProtection } from '../../portal/modules/modules.js';
import type { ClientFilter } from './client-filter.js';
import { type ClientRecord, clientOf, type RawClient } from './client-row.js';
import { ClientOwners } from './search/client-owners.js';
import { longestSearch, searchConditions, searchWords } from './search/client-search.js';

/** The number of customers. */
export interface ClientCounts {
  readonly clients: number;
  readonly suspended: number;
  /** The number of customers that each gate protects. */
  readonly protections: readonly (NamedProtection & { readonly count: number })[];
}

/** The accounts, for staff. Each query is one statement (besides the look-ups of a search), which includes the portal's own protection flags. */
@Injectable()
export class Clients {
  constructor(
    private readonly database: DataSource,
    private readonly modules: InstalledModules,
    private readonly owners: ClientOwners,
  ) {}

  /** The newest first. Keyset pagination, not offset: accounts that are created meanwhile shift nothing. */
  async list({ text, ...filter }: ClientFilter, limit: number): Promise<ClientRecord[]> {
    if (text.length > longestSearch) return [];
    const query = narrowed(this.query(), filter);
    const words = searchWords(text);
    searchConditions(words, await this.owners.of(words)).forEach((condition) => query.andWhere(condition));
    query.orderBy('account.createdAt', 'DESC').addOrderBy('account.id', 'DESC').limit(limit);
    return this.clients(await query.getRawMany<RawClient>());
  }

  /** Null when no account has this id. */
  async byId(id: string): Promise<ClientRecord | null> {
    const row = await this.query().andWhere('account.id = :id', { id }).getRawOne<RawClient>();
    return this.clients(row ? [row] : [])[0] ?? null;
  }

  async counts(): Promise<ClientCounts> {
    const protections = this.modules.protections();
    const query = this.accounts()
      .select('COUNT(*)', 'clients')
      .addSelect('SUM(CASE WHEN account.suspendedAt IS NULL THEN 0 ELSE 1 END)', 'suspended')
      .where('account.role = :role', { role: 'customer' });
    protections.forEach(({ gate }, index) =>
      query.addSelect(`SUM(${flag(raised(query, gate))})`, `protection${index}`),
    );
    const sums = (await query.getRawOne<Record<string, string | number | null>>()) ?? {};
    const count = (name: string) => Number(sums[name] ?? 0);
    const counted = protections.map((each, index) => ({ ...each, count: count(`protection${index}`) }));
    return { clients: count('clients'), suspended: count('suspended'), protections: counted };
  }

  private clients(rows: readonly RawClient[]): ClientRecord[] {
    const protections = this.modules.protections();
    return rows.map((row) => clientOf(row, protections));
  }

  private query(): SelectQueryBuilder<AccountRow> {
    const query = this.accounts().select('account.id', 'id');
    for (const column of ['name', 'email', 'role', 'createdAt', 'suspendedAt'])
      query.addSelect(`account.${column}`, column);
    this.modules
      .protections()
      .forEach(({ gate }, index) => query.addSelect(flag(raised(query, gate)), `protection${index}`));
    return query;
  }

  private accounts(): SelectQueryBuilder<AccountRow> {
    return this.database.manager.createQueryBuilder(AccountRow, 'account');
  }
}

/** A condition as a number, which has the same result on every database. */
function flag(condition: string): string {
  return `CASE WHEN ${condition} THEN 1 ELSE 0 END`;
}

/** A condition of `query`: `account` must pass this gate. */
function raised(query: SelectQueryBuilder<AccountRow>, gate: string): string {
  const name = `gate${Object.keys(query.getParameters()).length}`;
  query.setParameter(name, gate);
  const flags = query.dataSource.manager
    .createQueryBuilder()
    .subQuery()
    .select('1')
    .from(GateFlagRow, 'mark');
  flags.where('mark.accountId = account.id').andWhere(`mark.gate = :${name}`).andWhere('mark.raised = 1');
  return `EXISTS ${flags.getQuery()}`;
}

function narrowed(
  query: SelectQueryBuilder<AccountRow>,
  { protections, role, state, after }: Omit<ClientFilter, 'text'>,
): SelectQueryBuilder<AccountRow> {
  if (role) query.andWhere('account.role = :role', { role });
  if (state) query.andWhere(`account.suspendedAt IS ${state === 'active' ? 'NULL' : 'NOT NULL'}`);
  for (const { gate, on } of protections) query.andWhere(`${on ? '' : 'NOT '}${raised(query, gate)}`);
  if (after) query.andWhere(behind, { createdAt: after.at, afterId: after.id });
  return query;
}

// The first condition alone lets the database start its index scan at the right place.
const behind =
  'account.createdAt <= :createdAt AND (account.createdAt < :createdAt OR account.id < :afterId)';
