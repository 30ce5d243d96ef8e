import type { SqlStatement } from '../sql/sql-statement.js';
import type { Statements } from './statements.js';

/** The values of a row, by column. A column left out is null. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A table to insert into: its name, its columns in order, and the longest text of a column, in characters. A column without a maximum takes any length. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly maxLengths: Readonly<Record<string, number>>;
}

/**
 * Inserts one row.
 * @throws RangeError when a text is too long; QueryFailedError when a key is taken.
 */
export async function insert(statements: Statements, table: Table, row: Row): Promise<void> {
  await statements.run(insertStatement(statements, table, [row], 'fail'));
}

/**
 * Inserts the rows with new keys, in one statement, and returns how many it inserted. An existing key is not an error:
 * on PostgreSQL an error would end the whole transaction.
 * @throws RangeError when a text is too long, because `INSERT IGNORE` of MySQL would truncate it without an error.
 */
export async function insertIgnore(
  statements: Statements,
  table: Table,
  rows: readonly Row[],
): Promise<number> {
  const { affected } = await statements.run(insertStatement(statements, table, rows, 'ignore'));
  return affected;
}

/** Like `insertIgnore`, sent together with the commit where the driver can: see `Statements.executeWithCommit`. */
export async function insertIgnoreWithCommit(
  statements: Statements,
  table: Table,
  rows: readonly Row[],
): Promise<void> {
  await statements.runWithCommit(insertStatement(statements, table, rows, 'ignore'));
}

/** The action for a row with an existing key: `fail` as usual, or `ignore` the row. */
type OnConflict = 'fail' | 'ignore';

function insertStatement(
  statements: Statements,
  table: Table,
  rows: readonly Row[],
  onConflict: OnConflict,
): SqlStatement {
  const parameters: SqlStatement['parameters'] = [];
  for (const row of rows) {
    refuseLongTexts(table, row);
    for (const column of table.columns) parameters.push(row[column] ?? null);
  }
  return { text: textFor(statements, table, rows.length, onConflict), parameters };
}

/** The texts of each table, by conflict rule, dialect, placeholder and number of rows. */
const texts = new WeakMap<Table, Map<string, string>>();

function textFor(statements: Statements, table: Table, rows: number, onConflict: OnConflict): string {
  const known = texts.get(table) ?? new Map<string, string>();
  texts.set(table, known);
  const key = `${onConflict} ${statements.dialect} ${statements.placeholder(0)} ${rows}`;
  const text = known.get(key) ?? insertText(statements, table, rows, onConflict);
  known.set(key, text);
  return text;
}

function insertText(
  { dialect, placeholder }: Statements,
  { name, columns }: Table,
  rows: number,
  onConflict: OnConflict,
): string {
  const tuple = (row: number): string =>
    `(${columns.map((_, i) => placeholder(row * columns.length + i)).join(', ')})`;
  const tuples = Array.from({ length: rows }, (_, row) => tuple(row)).join(', ');
  const into = `INTO ${name} (${columns.join(', ')}) VALUES ${tuples}`;
  if (onConflict === 'fail') return `INSERT ${into}`;
  return dialect === 'mysql' ? `INSERT IGNORE ${into}` : `INSERT ${into} ON CONFLICT DO NOTHING`;
}

function refuseLongTexts({ name, maxLengths }: Table, row: Row): void {
  for (const [column, maxLength] of Object.entries(maxLengths)) {
    const value = row[column];
    if (typeof value === 'string' && value.length > maxLength)
      throw new RangeError(`${name}.${column} takes at most ${maxLength} characters.`);
  }
}
