import { Table, TableColumn, TableIndex, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { types } from './column-types.js';

type ColumnType = keyof typeof types;

/** A column of a migration: one of the portable types, NOT NULL unless said otherwise. */
export function column(
  name: string,
  kind: ColumnType,
  more: Partial<TableColumnOptions> = {},
): TableColumnOptions {
  const type: { type: string; length?: number } = types[kind];
  return { ...more, name, type: type.type, ...(type.length ? { length: String(type.length) } : {}) };
}

/**
 * Creates a table with its indices. It is one statement on MariaDB and MySQL, which commit every DDL statement at once.
 * An existing table is left alone, so that a killed run can be repeated.
 */
export async function makeTable(
  runner: QueryRunner,
  name: string,
  columns: readonly TableColumnOptions[],
  indices: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const collation = await binaryCollation(runner);
  const table = new Table({
    name,
    columns: columns.map((each) => new TableColumn(isText(each) ? { ...each, ...collation } : each)),
    indices: Object.entries(indices).map(
      ([index, columnNames]) => new TableIndex({ name: index, columnNames: [...columnNames] }),
    ),
  });
  await runner.createTable(table, true);
}

/** Adds a nullable column. An existing one is left alone, so that a killed run can be repeated. */
export async function addColumn(
  runner: QueryRunner,
  table: string,
  added: TableColumnOptions,
): Promise<void> {
  if (await runner.hasColumn(table, added.name)) return;
  const collation = isText(added) ? await binaryCollation(runner) : {};
  await runner.addColumn(table, new TableColumn({ ...added, ...collation, isNullable: true }));
}

function isText({ type }: TableColumnOptions): boolean {
  return type === 'varchar' || type === 'text';
}

/**
 * Ids are compared byte by byte. The usual collations of MariaDB and MySQL ignore case and accents, and even
 * `utf8mb4_bin` ignores trailing spaces. The other databases compare exactly by default.
 */
async function binaryCollation(runner: QueryRunner): Promise<Partial<TableColumnOptions>> {
  const { type } = runner.dataSource.options;
  if (type !== 'mysql' && type !== 'mariadb') return {};
  const [{ version }] = (await runner.query('SELECT VERSION() AS version')) as [{ version: string }];
  const collation = /mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  return { charset: 'utf8mb4', collation };
}
