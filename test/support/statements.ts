import type { DataSource, Logger } from 'typeorm';

/** A statement as it was sent. */
export interface SentStatement {
  readonly query: string;
  readonly parameters: readonly unknown[];
}

/** Writes down every SQL statement that a DataSource sends, transaction control apart. */
export class StatementLog implements Logger {
  /** Their words, on one line each. */
  readonly statements: string[] = [];
  readonly sent: SentStatement[] = [];

  private constructor() {}

  static on(dataSource: DataSource): StatementLog {
    const log = new StatementLog();
    dataSource.setOptions({ logging: ['query'] });
    dataSource.logger = log;
    return log;
  }

  logQuery(query: string, parameters: readonly unknown[] = []): void {
    if (/^\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SET TRANSACTION|PRAGMA|SAVEPOINT)/i.test(query)) return;
    this.statements.push(query.replace(/\s+/g, ' ').trim());
    this.sent.push({ query, parameters });
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
