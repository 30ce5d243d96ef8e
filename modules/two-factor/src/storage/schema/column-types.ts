import type { ColumnOptions } from 'typeorm';

/** Maximum lengths in characters. Longer texts are refused on every database, so that none of them shortens an id. */
export const longest = { id: 64, name: 64, key: 128, subject: 191, text: 255 } as const;

/** UTC, milliseconds since 1970. Drivers return 64-bit numbers as text. */
const epoch = {
  type: 'bigint',
  transformer: {
    to: (value: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
} satisfies ColumnOptions;

/** The only column types of the tables: SQLite, PostgreSQL, MariaDB and MySQL all treat them alike. */
export const types = {
  id: { type: 'varchar', length: longest.id },
  name: { type: 'varchar', length: longest.name },
  key: { type: 'varchar', length: longest.key },
  subject: { type: 'varchar', length: longest.subject },
  text: { type: 'varchar', length: longest.text },
  long: { type: 'text' },
  count: { type: 'integer' },
  epoch,
} satisfies Record<string, ColumnOptions>;
