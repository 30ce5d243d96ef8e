// Run transactions
export { transaction, type TransactionWork } from './transactions/transaction.js';
export { AfterCommit, type Hook } from './transactions/after-commit.js';
export { safeDataSourceOptions } from './transactions/safe-data-source-options.js';
export { withRetry } from './retry/with-retry.js';
export { isTransient } from './retry/transient-error.js';

// Prepare the DataSource
export { isSafeForConcurrentUse, queueSqlite, type QueueOptions } from './sqlite/queue-sqlite.js';
export { pipelinePostgres } from './drivers/pipeline-postgres.js';
export { applyTimeouts } from './timeouts/apply-timeouts.js';
export { requestTimeouts, type DatabaseTimeouts } from './timeouts/database-timeouts.js';

// Run hand-written statements
export { Statements, type Value } from './statements/statements.js';
export { insert, insertIgnore, insertIgnoreWithCommit, type Row, type Table } from './statements/insert.js';
export type { SqlParameter, SqlStatement } from './sql/sql-statement.js';
export type { StatementResult } from './internals/direct-query-runner.js';
