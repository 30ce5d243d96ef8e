import type { DataSource, Logger } from 'typeorm';

/** Hears of every statement that a DataSource sends, and of nothing else. */
export abstract class QueryWatch implements Logger {
  abstract logQuery(query: string, parameters?: readonly unknown[]): void;

  /** From now on it hears what this DataSource sends. */
  protected listensTo(dataSource: DataSource): this {
    dataSource.setOptions({ logging: ['query'] });
    dataSource.logger = this;
    return this;
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
