import type { DataSource, QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { Written } from '../statement-text.js';
import { neverWaits, type FileTurns } from '../file-turns.js';
import { Wire, type Answer } from './wire.js';

/** What is needed of a prepared statement of better-sqlite3. */
interface Prepared {
  readonly reader: boolean;
  all(...bound: Written['bound']): unknown[];
  run(...bound: Written['bound']): { readonly changes: number };
}

interface Connection {
  prepare(text: string): Prepared;
  pragma(text: string): unknown;
}

/** How many statements stay prepared: lists of many lengths make many texts of one statement. */
const mostPrepared = 500;

/** To SQLite: through the queue, then straight to better-sqlite3, which answers at once. */
export class SqliteWire extends Wire {
  private readonly prepared = new Map<string, Prepared>();
  private connection: Connection | undefined;

  constructor(
    dataSource: DataSource,
    private readonly turns: FileTurns,
  ) {
    super(dataSource);
  }

  protected async carry(written: Written, runner?: QueryRunner): Promise<Answer> {
    if (runner && this.turns.heldBy(runner)) return this.answer(written);
    const turn = {};
    try {
      return await this.turns.begin(turn, () => this.answer(written));
    } finally {
      this.turns.leave(turn);
    }
  }

  private answer({ text, bound }: Written): Answer {
    const statement = this.statement(text);
    if (statement.reader) return { records: statement.all(...bound), affected: 0 };
    return { records: [], affected: statement.run(...bound).changes };
  }

  private statement(text: string): Prepared {
    const connection = this.connectionAtHand();
    const statement = this.prepared.get(text) ?? connection.prepare(text);
    this.prepared.set(text, statement);
    return statement;
  }

  /** Prepared statements belong to their connection. */
  private connectionAtHand(): Connection {
    const connection = (this.dataSource.driver as BetterSqlite3Driver).databaseConnection as Connection;
    if (connection !== this.connection || this.prepared.size > mostPrepared) this.prepared.clear();
    if (connection !== this.connection) neverWaits(connection);
    this.connection = connection;
    return connection;
  }
}
