import type { ObjectLiteral } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

/** A number that TypeORM does not know for one. */
class Disguised {
  constructor(readonly number: number) {}
}

/**
 * TypeORM writes numbers into the text of SQLite's statements, so that with every new moment of time there is a new
 * statement to prepare, which also drives others from the statement cache. This has them bound like everything else.
 */
export function bindNumbers(driver: BetterSqlite3Driver): void {
  const original = driver.escapeQueryWithParameters.bind(driver);
  driver.escapeQueryWithParameters = (sql: string, parameters: ObjectLiteral) => {
    const [text, values] = original(sql, disguised(parameters)) as [string, unknown[]];
    return [text, values.map((value) => (value instanceof Disguised ? value.number : value))];
  };
}

function disguised(parameters: ObjectLiteral): ObjectLiteral {
  const entries = Object.entries(parameters) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? new Disguised(value) : value]),
  );
}
