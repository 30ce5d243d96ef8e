import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { AccountRow } from '../accounts/account.entity.js';
import type { Role } from '../accounts/account.js';
import { GateMarkRow } from '../auth/gate-mark.entity.js';
import type { ClientFilter, ClientPlace } from './client-filter.js';
import { longestSearch, searchConditions } from './client-search.js';

/** An account as staff see it. Times are UTC ms. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Null: not suspended. */
  readonly suspendedAt: number | null;
  /** A password alone does not sign in: a gate of the account is raised. */
  readonly twoFactor: boolean;
}

/** How many customers there are. */
export interface ClientCounts {
  readonly clients: number;
  readonly twoFactor: number;
  readonly suspended: number;
}

/** The accounts, for staff. Each question is one statement, which asks the portal's own gate marks along. */
@Injectable()
export class Clients {
  constructor(private readonly database: DataSource) {}

  /** The newest first. Keyset, not offset: accounts made meanwhile shift nothing. */
  async list({ text, ...filter }: ClientFilter, limit: number): Promise<Client[]> {
    if (text.length > longestSearch) return [];
    const query = narrowed(this.query(), filter);
    searchConditions(text).forEach((condition) => query.andWhere(condition));
    query.orderBy('account.createdAt', 'DESC').addOrderBy('account.id', 'DESC').limit(limit);
    return (await query.getRawMany<RawClient>()).map(clientOf);
  }

  /** Null when nobody has this id. */
  async byId(id: string): Promise<Client | null> {
    const row = await this.query().andWhere('account.id = :id', { id }).getRawOne<RawClient>();
    return row ? clientOf(row) : null;
  }

  async counts(): Promise<ClientCounts> {
    const { manager } = this.database;
    const sums = await manager
      .createQueryBuilder(AccountRow, 'account')
      .select('COUNT(*)', 'clients')
      .addSelect(`SUM(CASE WHEN ${raised(manager)} THEN 1 ELSE 0 END)`, 'twoFactor')
      .addSelect('SUM(CASE WHEN account.suspendedAt IS NULL THEN 0 ELSE 1 END)', 'suspended')
      .where('account.role = :role', { role: 'customer' })
      .getRawOne<Record<keyof ClientCounts, string | number | null>>();
    const count = (name: keyof ClientCounts) => Number(sums?.[name] ?? 0);
    return { clients: count('clients'), twoFactor: count('twoFactor'), suspended: count('suspended') };
  }

  private query(): SelectQueryBuilder<AccountRow> {
    const { manager } = this.database;
    return manager
      .createQueryBuilder(AccountRow, 'account')
      .select('account.id', 'id')
      .addSelect('account.name', 'name')
      .addSelect('account.email', 'email')
      .addSelect('account.role', 'role')
      .addSelect('account.createdAt', 'createdAt')
      .addSelect('account.suspendedAt', 'suspendedAt')
      .addSelect(`CASE WHEN ${raised(manager)} THEN 1 ELSE 0 END`, 'twoFactor');
  }
}

interface RawClient extends Pick<Client, 'id' | 'name' | 'email' | 'role'> {
  readonly createdAt: string | number;
  readonly suspendedAt: string | number | null;
  readonly twoFactor: string | number;
}

function clientOf({ createdAt, suspendedAt, twoFactor, ...facts }: RawClient): Client {
  return {
    ...facts,
    createdAt: Number(createdAt),
    suspendedAt: suspendedAt === null ? null : Number(suspendedAt),
    twoFactor: Number(twoFactor) === 1,
  };
}

/** Whether a gate of `account` is raised, as a condition. */
function raised(manager: EntityManager): string {
  const marks = manager.createQueryBuilder().subQuery().select('1').from(GateMarkRow, 'mark');
  return `EXISTS ${marks.where('mark.accountId = account.id').andWhere('mark.raised = 1').getQuery()}`;
}

function narrowed(
  query: SelectQueryBuilder<AccountRow>,
  { twoFactor, role, state, after }: Omit<ClientFilter, 'text'>,
): SelectQueryBuilder<AccountRow> {
  if (role) query.andWhere('account.role = :role', { role });
  if (state) query.andWhere(`account.suspendedAt IS ${state === 'active' ? 'NULL' : 'NOT NULL'}`);
  if (twoFactor) query.andWhere(`${twoFactor === 'on' ? '' : 'NOT '}${raised(query.dataSource.manager)}`);
  if (after) query.andWhere(behind(after));
  return query;
}

function behind({ createdAt, id }: ClientPlace): Brackets {
  return new Brackets((where) =>
    where
      .where('account.createdAt < :createdAt', { createdAt })
      .orWhere('account.createdAt = :createdAt AND account.id < :afterId', { createdAt, afterId: id }),
  );
}
