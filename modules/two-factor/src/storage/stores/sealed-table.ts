import { SealedStore, type SealedValue } from '../../core/contracts/stores/sealed.store.js';
import type { Statements } from '../statements.js';

/** Where sealed values lie: a table with columns `id` and `account_id`, and one that is sealed, or null. */
export interface SealedColumn {
  /** What reports call them. */
  readonly name: string;
  /** What they are sealed for. */
  readonly purpose: string;
  readonly table: string;
  readonly column: string;
  /** A column that counts up with every change of what is sealed, where there is one. */
  readonly version?: string;
}

/** Sealed values in a table of the module's or the host's, on the portable half of SQL. */
export class SealedTable extends SealedStore {
  constructor(
    private readonly statements: Statements,
    private readonly where: SealedColumn,
  ) {
    super();
  }

  get name(): string {
    return this.where.name;
  }

  get purpose(): string {
    return this.where.purpose;
  }

  async count(front: string): Promise<number> {
    const { table, column } = this.where;
    const [line] = await this.statements.rows<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM ${table} WHERE ${begins(column, front)} = :front`,
      { front },
    );
    return Number(line?.count ?? 0);
  }

  // SUBSTR and not LIKE: SQLite's LIKE takes A for a, and the underscore of an id is a wildcard.
  others(fronts: readonly string[], after: string, limit: number): Promise<readonly SealedValue[]> {
    const { column } = this.where;
    const none = fronts.map((front, i) => `AND ${begins(column, front)} <> :front${i}`).join(' ');
    return this.read(
      `WHERE ${column} IS NOT NULL AND id > :after ${none} ORDER BY id LIMIT ${Math.trunc(limit)}`,
      { after, ...Object.fromEntries(fronts.map((front, i) => [`front${i}`, front])) },
    );
  }

  async find({ id, accountId }: Pick<SealedValue, 'id' | 'accountId'>): Promise<SealedValue | null> {
    const where = `WHERE id = :id AND account_id = :accountId AND ${this.where.column} IS NOT NULL`;
    const [value] = await this.read(where, { id, accountId });
    return value ?? null;
  }

  replace({ id, accountId, sealed: before }: SealedValue, sealed: string): Promise<boolean> {
    const { table, column, version } = this.where;
    const counted = version === undefined ? '' : `, ${version} = ${version} + 1`;
    return this.statements.changedOne(
      `UPDATE ${table} SET ${column} = :sealed${counted}
       WHERE id = :id AND account_id = :accountId AND ${column} = :before`,
      { id, accountId, sealed, before },
    );
  }

  private async read(rest: string, values: Readonly<Record<string, string>>): Promise<SealedValue[]> {
    const { table, column } = this.where;
    const lines = await this.statements.rows<{ id: string; account_id: string; sealed: string }>(
      `SELECT id, account_id, ${column} AS sealed FROM ${table} ${rest}`,
      values,
    );
    return lines.map(({ id, account_id: accountId, sealed }) => ({ id, accountId, sealed }));
  }
}

function begins(column: string, { length }: string): string {
  return `SUBSTR(${column}, 1, ${length})`;
}
