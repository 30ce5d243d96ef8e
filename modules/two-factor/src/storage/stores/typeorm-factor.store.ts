import {
  FactorStore,
  type EndedSessions,
  type FactorSet,
  type ResetMark,
  type SessionVersions,
  type StoredFactor,
} from '../../core/contracts/stores/factor.store.js';
import { factorSetOf, joinedColumns, joinedTables, type Joined } from './factor.mapper.js';
import { insert, insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import { longest } from '../schema/column-types.js';
import { areIds } from '../../core/contracts/stores/ids.js';

const factors: Table = {
  name: 'two_factor_factors',
  columns: ['id', 'account_id', 'kind', 'label', 'sealed', 'version', 'created_at', 'last_used_at'],
  maxLengths: { id: longest.id, account_id: longest.id, kind: longest.name, label: longest.text },
};
const accounts: Table = {
  name: 'two_factor_accounts',
  columns: ['account_id', 'primary_count', 'version', 'sessions_ended'],
  maxLengths: { account_id: longest.id },
};

const ofAccount = `
  SELECT ${joinedColumns} FROM (SELECT 1 AS line) AS one ${joinedTables}
  ORDER BY f.created_at, f.id`;

const sessionsOf = `
  SELECT version, sessions_ended, session_kept FROM two_factor_accounts WHERE account_id = :accountId`;

interface SessionLine {
  readonly version: number;
  readonly sessions_ended: number;
  readonly session_kept: string | null;
}

/** Factors and account rows in the tables `two_factor_factors` and `two_factor_accounts`. */
export class TypeOrmFactorStore extends FactorStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async load(accountId: string): Promise<{ set: FactorSet; factors: StoredFactor[] }> {
    if (!areIds(accountId)) return { set: { primaryCount: 0, version: 0 }, factors: [] };
    return factorSetOf(await this.statements.query<Joined>(ofAccount, { accountId }), accountId);
  }

  async insert(factor: StoredFactor): Promise<void> {
    await insert(this.statements, factors, {
      id: factor.id,
      account_id: factor.accountId,
      kind: factor.kind,
      label: factor.label,
      sealed: factor.sealed,
      version: factor.version,
      created_at: factor.createdAt,
      last_used_at: factor.lastUsedAt,
    });
  }

  async update(
    { id, accountId, version }: Pick<StoredFactor, 'id' | 'accountId' | 'version'>,
    { sealed, lastUsedAt }: { readonly sealed?: string; readonly lastUsedAt: number },
  ): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_factors
       SET sealed = COALESCE(:sealed, sealed), last_used_at = :lastUsedAt, version = version + 1
       WHERE id = :id AND account_id = :accountId AND version = :version`,
      { id, accountId, version, sealed: sealed ?? null, lastUsedAt },
    );
  }

  async rename(id: string, accountId: string, label: string): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      'UPDATE two_factor_factors SET label = :label WHERE id = :id AND account_id = :accountId',
      { id, accountId, label },
    );
  }

  async remove(id: string, accountId: string): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      'DELETE FROM two_factor_factors WHERE id = :id AND account_id = :accountId',
      { id, accountId },
    );
  }

  async bumpVersion(
    accountId: string,
    { version }: FactorSet,
    primaryCount: number,
    to = version + 1,
  ): Promise<boolean> {
    if (!areIds(accountId)) return false;
    if (version === 0) {
      const row = { account_id: accountId, primary_count: primaryCount, version: to, sessions_ended: 0 };
      return (await insertIgnore(this.statements, accounts, [row])) === 1;
    }
    return this.statements.executeOne(
      `UPDATE two_factor_accounts SET primary_count = :primaryCount, version = :to
       WHERE account_id = :accountId AND version = :version`,
      { accountId, primaryCount, version, to },
    );
  }

  async markReset(accountId: string, mark: ResetMark | null): Promise<boolean> {
    if (!areIds(accountId)) return false;
    return this.statements.executeOne(
      'UPDATE two_factor_accounts SET reset_mode = :mark WHERE account_id = :accountId',
      { accountId, mark },
    );
  }

  async endSessions(accountId: string, { version, keepKey }: EndedSessions): Promise<boolean> {
    if (!areIds(accountId)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_accounts SET sessions_ended = :version, session_kept = :keepKey
       WHERE account_id = :accountId AND sessions_ended < :version`,
      { accountId, version, keepKey },
    );
  }

  async sessionVersions(accountId: string): Promise<SessionVersions> {
    const [row] = areIds(accountId)
      ? await this.statements.query<SessionLine>(sessionsOf, { accountId })
      : [];
    const { version = 0, sessions_ended = 0, session_kept = null } = row ?? {};
    return { now: version, ended: { version: sessions_ended, keepKey: session_kept } };
  }
}
