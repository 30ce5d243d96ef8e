import type { DataSource } from 'typeorm';

/** Reads the clock of the database: UTC, milliseconds since 1970. Null where the database has no clock of its own. */
export type DatabaseTime = (database: DataSource) => Promise<number | null>;

/** Injection token of the function that reads the clock of the database. */
export const DATABASE_TIME = Symbol('portal:database-time');

/** The time of the answer, not of the transaction's start, and in UTC whatever the session's time zone is. */
const statements: Readonly<Record<string, string>> = {
  postgres: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS at',
  mysql: "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000 AS at",
};

/** Asks the server. SQLite runs in this process and has the same clock. */
export const serverTime: DatabaseTime = async (database) => {
  const statement = statements[database.options.type];
  if (statement === undefined) return null;
  const [row] = await database.query<{ at: string | number }[]>(statement);
  return Number(row?.at);
};
