import type { DataSource } from 'typeorm';
import { QueryWatch } from './query-watch.js';

/** A statement as it was sent. */
export interface SentStatement {
  readonly query: string;
  readonly parameters: readonly unknown[];
}

/** Writes down every SQL statement that a DataSource sends, transaction control apart. */
export class StatementLog extends QueryWatch {
  /** Their words, on one line each. */
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

/** What does not belong to the request that sends it: the hand-over behind the answer, and the upkeep's rounds. */
const aside = [
  /audit_entries/i,
  /^DELETE FROM .?(two_factor_events|portal_events)/i,
  /^SELECT .* FROM .?(two_factor_events|portal_events)/i,
  /^DELETE FROM two_factor_(tokens|attempts) WHERE (expires_at|window_ends)/i,
];

/** Is this statement sent behind the answers, whenever it is time? */
export function isAside(statement: string): boolean {
  const line = statement.replace(/\s+/g, ' ').trim();
  return aside.some((pattern) => pattern.test(line));
}
