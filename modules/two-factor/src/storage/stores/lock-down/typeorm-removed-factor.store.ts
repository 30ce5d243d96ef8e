import { insert, type Statements, type Table } from 'typeorm-unit-of-work';
import { areIds, isId } from '../../../core/contracts/stores/ids.js';
import {
  RemovedFactorStore,
  type RemovedFactor,
} from '../../../core/contracts/stores/removed-factor.store.js';
import { longest } from '../../schema/column-types.js';

const columns = [
  'id',
  'account_id',
  'kind',
  'label',
  'sealed',
  'version',
  'created_at',
  'last_used_at',
  'replaced_by',
  'removed_at',
  'expires_at',
];

const removed: Table = {
  name: 'two_factor_removed_factors',
  columns,
  maxLengths: {
    id: longest.id,
    account_id: longest.id,
    kind: longest.name,
    label: longest.text,
    replaced_by: longest.id,
  },
};

interface RemovedLine {
  readonly id: string;
  readonly account_id: string;
  readonly kind: string;
  readonly label: string;
  readonly sealed: string;
  readonly version: number;
  readonly created_at: string | number;
  readonly last_used_at: string | number | null;
  readonly replaced_by: string | null;
  readonly removed_at: string | number;
  readonly expires_at: string | number;
}

/** Removed factors in the table `two_factor_removed_factors`. */
export class TypeOrmRemovedFactorStore extends RemovedFactorStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async insert(factor: RemovedFactor): Promise<void> {
    await insert(this.statements, removed, {
      id: factor.id,
      account_id: factor.accountId,
      kind: factor.kind,
      label: factor.label,
      sealed: factor.sealed,
      version: factor.version,
      created_at: factor.createdAt,
      last_used_at: factor.lastUsedAt,
      replaced_by: factor.replacedBy,
      removed_at: factor.removedAt,
      expires_at: factor.expiresAt,
    });
  }

  async list(accountId: string, now: number): Promise<readonly RemovedFactor[]> {
    if (!isId(accountId)) return [];
    const lines = await this.statements.query<RemovedLine>(
      `SELECT ${columns.join(', ')} FROM two_factor_removed_factors
       WHERE account_id = :accountId AND expires_at > :now ORDER BY created_at, id`,
      { accountId, now },
    );
    return lines.map(removedOf);
  }

  async remove(id: string, accountId: string): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      'DELETE FROM two_factor_removed_factors WHERE id = :id AND account_id = :accountId',
      { id, accountId },
    );
  }

  async discard(accountId: string): Promise<void> {
    if (!isId(accountId)) return;
    await this.statements.execute('DELETE FROM two_factor_removed_factors WHERE account_id = :accountId', {
      accountId,
    });
  }

  async sweep(now: number): Promise<void> {
    await this.statements.execute('DELETE FROM two_factor_removed_factors WHERE expires_at < :now', { now });
  }
}

function removedOf(line: RemovedLine): RemovedFactor {
  const { id, kind, label, sealed, version, last_used_at: used } = line;
  return {
    ...{ id, kind, label, sealed, version },
    accountId: line.account_id,
    createdAt: Number(line.created_at),
    lastUsedAt: used === null ? null : Number(used),
    replacedBy: line.replaced_by,
    removedAt: Number(line.removed_at),
    expiresAt: Number(line.expires_at),
  };
}
