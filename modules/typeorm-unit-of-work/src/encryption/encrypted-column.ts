import type { Statements } from '../statements/statements.js';

/** An encrypted value as it is stored, with its row and the owner of the row. */
export interface EncryptedValue {
  readonly id: string;
  readonly ownerId: string;
  readonly encrypted: string;
}

/** Where encrypted values are stored: a table with a column `id`, a column of the owner's id, and the encrypted column, which may be null. */
export interface ColumnLocation {
  readonly table: string;
  readonly column: string;
  /** The column with the id of the owner. */
  readonly owner: string;
  /** A column that is incremented with every change of the value, where there is one. */
  readonly version?: string;
}

/** Finds and replaces the encrypted values of one column, for the rotation of keys. Its SQL is the same on every database. */
export class EncryptedColumn {
  constructor(
    private readonly statements: Statements,
    private readonly location: ColumnLocation,
  ) {}

  /** Counts the values that begin with this prefix, which names a key: see `KeyRing.keyOf`. */
  async count(prefix: string): Promise<number> {
    const { table, column } = this.location;
    const [row] = await this.statements.query<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM ${table} WHERE ${beginningOf(column, prefix)} = :prefix`,
      { prefix },
    );
    return Number(row?.count ?? 0);
  }

  /** Returns at most `limit` values that begin with none of these prefixes, in the order of their ids, after the id `after`. */
  // SUBSTR and not LIKE: the LIKE of SQLite ignores case, and the underscore of an id is a wildcard.
  findOthers(prefixes: readonly string[], after: string, limit: number): Promise<readonly EncryptedValue[]> {
    const { column } = this.location;
    const others = prefixes.map((prefix, i) => `AND ${beginningOf(column, prefix)} <> :prefix${i}`).join(' ');
    return this.read(
      `WHERE ${column} IS NOT NULL AND id > :after ${others} ORDER BY id LIMIT ${Math.trunc(limit)}`,
      { ...Object.fromEntries(prefixes.map((prefix, i) => [`prefix${i}`, prefix])), after },
    );
  }

  /** Returns the value as it is stored now; null when the row or its value is gone. */
  async find({ id, ownerId }: Pick<EncryptedValue, 'id' | 'ownerId'>): Promise<EncryptedValue | null> {
    const { column, owner } = this.location;
    const where = `WHERE id = :id AND ${owner} = :ownerId AND ${column} IS NOT NULL`;
    const [value] = await this.read(where, { id, ownerId });
    return value ?? null;
  }

  /** Compare-and-set: returns true when exactly this value was stored and is now `encrypted`. */
  replace({ id, ownerId, encrypted: before }: EncryptedValue, encrypted: string): Promise<boolean> {
    const { table, column, owner, version } = this.location;
    const increment = version === undefined ? '' : `, ${version} = ${version} + 1`;
    return this.statements.executeOne(
      `UPDATE ${table} SET ${column} = :encrypted${increment}
       WHERE id = :id AND ${owner} = :ownerId AND ${column} = :before`,
      { id, ownerId, encrypted, before },
    );
  }

  private async read(rest: string, values: Readonly<Record<string, string>>): Promise<EncryptedValue[]> {
    const { table, column, owner } = this.location;
    const rows = await this.statements.query<{ id: string; owner_id: string; encrypted: string }>(
      `SELECT id, ${owner} AS owner_id, ${column} AS encrypted FROM ${table} ${rest}`,
      values,
    );
    return rows.map(({ id, owner_id: ownerId, encrypted }) => ({ id, ownerId, encrypted }));
  }
}

function beginningOf(column: string, { length }: string): string {
  return `SUBSTR(${column}, 1, ${length})`;
}
