import { QueryFailedError, type QueryRunner } from 'typeorm';
import type { DirectQueryRunner, StatementResult } from '../internals/direct-query-runner.js';
import type { QueryRunnerClass } from '../internals/query-runner-class.js';
import { disableBusyTimeout, type FileMutex } from './file-mutex.js';
import { runPrepared, type SqliteConnection } from './prepared-statements.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import { setScopeOwner } from './transaction-scope.js';

type IsolationLevel = Parameters<QueryRunner['startTransaction']>[0];

/**
 * Takes the write lock of SQLite at the begin. A transaction that reads first and writes later would fail without waiting when
 * another process wrote in between.
 */
const beginImmediate: SqlStatement = { text: 'BEGIN IMMEDIATE', parameters: [] };
const commit: SqlStatement = { text: 'COMMIT', parameters: [] };

/**
 * Returns a class of query runners, one for each transaction, on the single connection of SQLite. A transaction holds the mutex
 * from its begin to its end. A statement outside of a transaction holds it for itself, and so never joins a transaction.
 */
export function queuedQueryRunner(Original: QueryRunnerClass, mutex: FileMutex): QueryRunnerClass {
  return class QueuedQueryRunner extends Original implements DirectQueryRunner {
    /** @throws TypeORMError for an isolation level that SQLite does not have. */
    override startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
      return begin(this, mutex, () => super.startTransaction(isolationLevel));
    }

    override async commitTransaction(): Promise<void> {
      await super.commitTransaction();
      if (!this.isTransactionActive) await end(this, mutex);
    }

    override async rollbackTransaction(): Promise<void> {
      await super.rollbackTransaction();
      if (!this.isTransactionActive) await end(this, mutex);
    }

    override query(sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown> {
      if (sql === 'BEGIN TRANSACTION') return runLogged(this, beginImmediate);
      if (sql === commit.text) return runLogged(this, commit);
      return run(this, mutex, () => super.query(sql, parameters, structured));
    }

    runStatement(statement: SqlStatement): Promise<StatementResult> {
      return run(this, mutex, (connection) => runPrepared(connection, statement));
    }

    override async release(): Promise<void> {
      await end(this, mutex);
      Object.assign(this, { isReleased: true });
      await super.release();
    }
  };
}

/** Every transaction begins and commits, so these two statements stay prepared. */
async function runLogged(
  runner: InstanceType<QueryRunnerClass> & DirectQueryRunner,
  statement: SqlStatement,
): Promise<void> {
  const { text, parameters } = statement;
  runner.dataSource.logger.logQuery(text, parameters, runner as unknown as QueryRunner);
  try {
    await runner.runStatement(statement);
  } catch (cause) {
    throw new QueryFailedError(text, parameters, cause as Error);
  }
}

/** The part of a query runner that the functions below use. */
type Runner = Pick<InstanceType<QueryRunnerClass>, 'connect'>;

async function begin(runner: Runner, mutex: FileMutex, start: () => Promise<void>): Promise<void> {
  // A nested transaction is a savepoint of the one that holds the mutex.
  if (mutex.isHeldBy(runner)) return start();
  await mutex.acquireAndRun(runner, async () => {
    setScopeOwner(runner);
    disableBusyTimeout(await connectionOf(runner));
    await start().catch(async (error: unknown) => {
      await end(runner, mutex);
      throw error;
    });
  });
}

async function run<T>(
  runner: Runner,
  mutex: FileMutex,
  statement: (connection: SqliteConnection) => T | Promise<T>,
): Promise<T> {
  const connection = await connectionOf(runner);
  if (mutex.isHeldBy(runner)) return statement(connection);
  const owner = {};
  try {
    return await mutex.acquireAndRun(owner, () => {
      disableBusyTimeout(connection);
      return statement(connection);
    });
  } finally {
    mutex.release(owner);
  }
}

/** Releases the mutex with no transaction left open, whatever failed before. */
async function end(runner: Runner, mutex: FileMutex): Promise<void> {
  if (!mutex.isHeldBy(runner)) return;
  try {
    const connection = await connectionOf(runner);
    if (connection.inTransaction) connection.exec('ROLLBACK');
  } finally {
    Object.assign(runner, { isTransactionActive: false });
    mutex.release(runner);
  }
}

function connectionOf(runner: Runner): Promise<SqliteConnection> {
  return runner.connect() as Promise<SqliteConnection>;
}
