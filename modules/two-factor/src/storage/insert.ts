import type { Statements, Value } from './statements.js';
import { longest } from './column-types.js';

type Row = Readonly<Record<string, string | number | null>>;

/** A table to insert into: its name, and how long its texts may be; texts not named may be of any length. */
export interface Target {
  readonly table: string;
  readonly limits: Readonly<Record<string, keyof typeof longest>>;
}

/**
 * Inserts one row.
 * @throws RangeError when a text is too long; QueryFailedError when the id is taken.
 */
export async function insert(statements: Statements, target: Target, row: Row): Promise<void> {
  const { sql, values } = insertion(target, [row]);
  await statements.changed(`INSERT ${sql}`, values);
}

/**
 * Inserts the rows whose ids are new, in one statement, and answers how many those were. An id that is taken is no
 * failure: on PostgreSQL a failure would end the whole unit.
 * @throws RangeError when a text is too long, since `IGNORE` would cut it and keep what is left.
 */
export async function insertNew(
  statements: Statements,
  target: Target,
  rows: readonly Row[],
): Promise<number> {
  const { sql, values } = insertion(target, rows);
  const text =
    statements.dialect === 'mysql' ? `INSERT IGNORE ${sql}` : `INSERT ${sql} ON CONFLICT DO NOTHING`;
  return statements.changed(text, values);
}

function insertion(target: Target, rows: readonly Row[]): { sql: string; values: Record<string, Value> } {
  const columns = Object.keys(rows[0] ?? {});
  const values: Record<string, Value> = {};
  const tuples = rows.map((row, i) => {
    refuseLong(target, row);
    for (const column of columns) values[`${column}_${i}`] = row[column] ?? null;
    return `(${columns.map((column) => `:${column}_${i}`).join(', ')})`;
  });
  return { sql: `INTO ${target.table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`, values };
}

function refuseLong({ table, limits }: Target, row: Row): void {
  for (const [column, kind] of Object.entries(limits)) {
    const value = row[column];
    if (typeof value === 'string' && value.length > longest[kind])
      throw new RangeError(`${table}.${column} takes at most ${longest[kind]} characters.`);
  }
}
