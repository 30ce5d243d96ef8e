import type { DataSource } from 'typeorm';
import { QueryWatch } from './query-watch.js';

/** A statement as it was sent. */
export interface SentStatement {
  readonly query: string;
  readonly parameters: readonly unknown[];
}

/** Records every SQL statement that a DataSource sends, except transaction control. */
export class StatementLog extends QueryWatch {
  /** The statements, on one line each. */
  readonly statements: string[] = [];
  readonly sent: SentStatement[] = [];

  private constructor() {
    super();
  }

  static on(dataSource: DataSource): StatementLog {
    return new StatementLog().listensTo(dataSource);
  }

  logQuery(query: string, parameters: readonly unknown[] = []): void {
    if (/^\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SET TRANSACTION|PRAGMA|SAVEPOINT)/i.test(query)) return;
    this.statements.push(query.replace(/\s+/g, ' ').trim());
    this.sent.push({ query, parameters });
  }
}

/** Statements that do not belong to a request: event delivery after the response, and maintenance. */
const aside = [
  /audit_entries/i,
  // asked once for each connection
  /^SHOW (SESSION VARIABLES|default_transaction_isolation)/i,
  /^DELETE FROM .?(two_factor_events|portal_events)/i,
  /^SELECT .* FROM .?(two_factor_events|portal_events)/i,
  /^DELETE FROM two_factor_(tokens|attempts) WHERE (expires_at|window_ends)/i,
];

/** Whether this statement is sent after responses, at any time. */
export function isAside(statement: string): boolean {
  const line = statement.replace(/\s+/g, ' ').trim();
  return aside.some((pattern) => pattern.test(line));
}
