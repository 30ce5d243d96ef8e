import type { DataSource, Logger } from 'typeorm';

/** Writes down every SQL statement that a DataSource sends, transaction control apart. */
export class StatementLog implements Logger {
  readonly statements: string[] = [];

  private constructor() {}

  static on(dataSource: DataSource): StatementLog {
    const log = new StatementLog();
    dataSource.setOptions({ logging: ['query'] });
    dataSource.logger = log;
    return log;
  }

  logQuery(query: string): void {
    if (!/^\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SET TRANSACTION|PRAGMA|SAVEPOINT)/i.test(query))
      this.statements.push(query.replace(/\s+/g, ' ').trim());
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
