import { FactorStore, type FactorSet, type StoredFactor } from '../core/stores/factor.store.js';
import { insert, insertNew } from './insert.js';
import { areIds } from '../core/stores/ids.js';
import type { Statements } from './statements.js';

const factors = {
  table: 'two_factor_factors',
  limits: { id: 'id', account_id: 'id', kind: 'name', label: 'text' },
} as const;
const accounts = { table: 'two_factor_accounts', limits: { account_id: 'id' } } as const;

/** One line of the join: the account row and one factor, either of them perhaps missing. */
interface Joined {
  readonly primaries: number | null;
  readonly set_version: number | null;
  readonly id: string | null;
  readonly kind: string;
  readonly label: string;
  readonly sealed: string;
  readonly version: number;
  readonly created_at: string | number;
  readonly last_used_at: string | number | null;
}

// Joined to a line that is always there, so that factors without their account row are seen as well as the reverse.
const ofAccount = `
  SELECT a.primaries, a.version AS set_version,
    f.id, f.kind, f.label, f.sealed, f.version, f.created_at, f.last_used_at
  FROM (SELECT 1 AS line) AS one
  LEFT JOIN two_factor_accounts a ON a.account_id = :accountId
  LEFT JOIN two_factor_factors f ON f.account_id = :accountId
  ORDER BY f.created_at, f.id`;

/** Factors and account rows in the tables `two_factor_factors` and `two_factor_accounts`. */
export class TypeOrmFactorStore extends FactorStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async ofAccount(accountId: string): Promise<{ set: FactorSet; factors: StoredFactor[] }> {
    if (!areIds(accountId)) return { set: { primaries: 0, version: 0 }, factors: [] };
    const lines = await this.statements.rows<Joined>(ofAccount, { accountId });
    const [first] = lines;
    const set = { primaries: first?.primaries ?? 0, version: first?.set_version ?? 0 };
    return { set, factors: lines.flatMap((line) => stored(line, accountId)) };
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
    return this.statements.changedOne(
      `UPDATE two_factor_factors
       SET sealed = COALESCE(:sealed, sealed), last_used_at = :lastUsedAt, version = version + 1
       WHERE id = :id AND account_id = :accountId AND version = :version`,
      { id, accountId, version, sealed: sealed ?? null, lastUsedAt },
    );
  }

  async rename(id: string, accountId: string, label: string): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.changedOne(
      'UPDATE two_factor_factors SET label = :label WHERE id = :id AND account_id = :accountId',
      { id, accountId, label },
    );
  }

  async remove(id: string, accountId: string): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.changedOne(
      'DELETE FROM two_factor_factors WHERE id = :id AND account_id = :accountId',
      { id, accountId },
    );
  }

  async advance(accountId: string, from: FactorSet, primaries: number): Promise<boolean> {
    if (!areIds(accountId)) return false;
    if (from.version === 0) {
      const row = { account_id: accountId, primaries, version: 1 };
      return (await insertNew(this.statements, accounts, [row])) === 1;
    }
    return this.statements.changedOne(
      `UPDATE two_factor_accounts SET primaries = :primaries, version = version + 1
       WHERE account_id = :accountId AND version = :version`,
      { accountId, primaries, version: from.version },
    );
  }
}

function stored(line: Joined, accountId: string): StoredFactor[] {
  if (line.id === null) return [];
  const { id, kind, label, sealed, version } = line;
  const lastUsedAt = line.last_used_at === null ? null : Number(line.last_used_at);
  return [{ id, accountId, kind, label, sealed, version, createdAt: Number(line.created_at), lastUsedAt }];
}
