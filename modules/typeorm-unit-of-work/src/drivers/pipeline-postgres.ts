import type { DataSource } from 'typeorm';
import { replaceQueryRunnerClass } from '../internals/query-runner-class.js';
import { pipelinedQueryRunner } from './pipelined-query-runner.js';

/**
 * Makes transactions on PostgreSQL need fewer round trips: the begin is sent with the first statement, and statements of
 * `Statements.executeWithCommit` with the commit. Call it before `initialize`. It does nothing on other databases. Without it
 * everything works, in more round trips.
 */
export function pipelinePostgres(dataSource: DataSource): void {
  if (dataSource.options.type !== 'postgres') return;
  dataSource.setOptions({ extra: { ...(dataSource.options.extra as object), pipeline: true } });
  replaceQueryRunnerClass(
    dataSource,
    pipelinedQueryRunner,
    'transactions on PostgreSQL need a round trip more for begin and commit.',
  );
}
