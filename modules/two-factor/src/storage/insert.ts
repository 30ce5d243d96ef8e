import { longest } from './schema/column-types.js';
import type { Written } from './statement-text.js';
import type { Statements } from './statements.js';

type Row = Readonly<Record<string, string | number | null>>;

/** A table to insert into: its name, its columns, and how long its texts may be; texts not named may be of any length. */
export interface Target {
  readonly table: string;
  readonly columns: readonly string[];
  readonly limits: Readonly<Record<string, keyof typeof longest>>;
}

/**
 * Inserts one row.
 * @throws RangeError when a text is too long; QueryFailedError when the id is taken.
 */
export async function insert(statements: Statements, target: Target, row: Row): Promise<void> {
  await statements.send(insertion(statements, target, [row], 'any'));
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
  const { affected } = await statements.send(insertion(statements, target, rows, 'new'));
  return affected;
}

/** The same where nothing else in the unit waits for it: with the commit. */
export async function insertLast(
  statements: Statements,
  target: Target,
  rows: readonly Row[],
): Promise<void> {
  await statements.sendLast(insertion(statements, target, rows, 'new'));
}

type Which = 'any' | 'new';

function insertion(statements: Statements, target: Target, rows: readonly Row[], which: Which): Written {
  const bound: Written['bound'] = [];
  for (const row of rows) {
    refuseLong(target, row);
    for (const column of target.columns) bound.push(row[column] ?? null);
  }
  return { text: textFor(statements, target, rows.length, which), bound };
}

/** The texts of each table's insertions, by dialect, mark, and how many rows. */
const texts = new WeakMap<Target, Map<string, string>>();

function textFor(statements: Statements, target: Target, rows: number, which: Which): string {
  const known = texts.get(target) ?? new Map<string, string>();
  texts.set(target, known);
  const key = `${which} ${statements.dialect} ${statements.mark(0)} ${rows}`;
  const text = known.get(key) ?? written(statements, target, rows, which);
  known.set(key, text);
  return text;
}

function written(
  { dialect, mark }: Statements,
  { table, columns }: Target,
  rows: number,
  which: Which,
): string {
  const tuple = (row: number): string =>
    `(${columns.map((_, i) => mark(row * columns.length + i)).join(', ')})`;
  const tuples = Array.from({ length: rows }, (_, row) => tuple(row)).join(', ');
  const into = `INTO ${table} (${columns.join(', ')}) VALUES ${tuples}`;
  if (which === 'any') return `INSERT ${into}`;
  return dialect === 'mysql' ? `INSERT IGNORE ${into}` : `INSERT ${into} ON CONFLICT DO NOTHING`;
}

function refuseLong({ table, limits }: Target, row: Row): void {
  for (const column in limits) {
    const value = row[column];
    const most = longest[limits[column] ?? 'id'];
    if (typeof value === 'string' && value.length > most)
      throw new RangeError(`${table}.${column} takes at most ${most} characters.`);
  }
}
