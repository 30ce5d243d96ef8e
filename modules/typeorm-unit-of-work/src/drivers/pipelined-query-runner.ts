import { QueryFailedError, type QueryRunner } from 'typeorm';
import type { DirectQueryRunner, StatementResult } from '../internals/direct-query-runner.js';
import type { QueryRunnerClass } from '../internals/query-runner-class.js';
import type { SqlStatement } from '../sql/sql-statement.js';

/** The part of a client of pg that is used here. */
export interface PgClient {
  query(text: string, parameters: SqlStatement['parameters']): Promise<PgResult>;
  end(): Promise<void>;
}

/** The part of a result of pg that is used here. */
interface PgResult {
  readonly command: string;
  readonly rows: readonly unknown[];
  /** Null for statements that neither find nor change rows. */
  readonly rowCount: number | null;
}

/** A query runner that can send statements together with the commit. */
interface DeferringQueryRunner extends QueryRunner {
  /** Keeps a statement for the commit, or for the next statement that is sent. */
  defer(statement: SqlStatement): void;
}

const begin: SqlStatement = { text: 'START TRANSACTION', parameters: [] };
const commit: SqlStatement = { text: 'COMMIT', parameters: [] };

/** Returns true for the runners of `pipelinePostgres`. */
export function canDefer(runner: QueryRunner): runner is DeferringQueryRunner {
  return 'defer' in runner;
}

/**
 * Returns a class of query runners that need fewer round trips to PostgreSQL. The begin is sent together with the first
 * statement, and deferred statements together with the commit. A TypeORM that sends other texts for begin and commit
 * works too, without the gain.
 */
export function pipelinedQueryRunner(Original: QueryRunnerClass): QueryRunnerClass {
  return class PipelinedQueryRunner extends Original implements DirectQueryRunner {
    private readonly pipeline = new Pipeline(this);

    defer(statement: SqlStatement): void {
      this.pipeline.add(statement);
    }

    override async query(text: string, parameters?: unknown[], structured?: boolean): Promise<unknown> {
      if (text === begin.text) return this.pipeline.add(begin);
      if (text === commit.text) return this.pipeline.commit();
      if (text === 'ROLLBACK' && this.pipeline.discard()) return;
      return this.pipeline.sendBefore(() => super.query(text, parameters, structured));
    }

    async runStatement({ text, parameters }: SqlStatement): Promise<StatementResult> {
      const client = (await this.connect()) as PgClient;
      const { rows, rowCount } = await this.pipeline.sendBefore(() => client.query(text, parameters));
      return { rows, affected: rowCount ?? 0 };
    }
  };
}

/** The statements of one query runner that the server has not received yet. */
class Pipeline {
  private unsent: SqlStatement[] = [];

  constructor(private readonly runner: InstanceType<QueryRunnerClass>) {}

  add(statement: SqlStatement): void {
    this.log(statement);
    this.unsent.push(statement);
  }

  /** @throws QueryFailedError when a deferred statement failed. Everything is rolled back then. */
  async commit(): Promise<void> {
    this.log(commit);
    const isEmpty = this.unsent[0] === begin && this.unsent.length === 1;
    if (isEmpty) return void this.discard();
    this.unsent.push(commit);
    const results = await settled(await this.send());
    // PostgreSQL answers ROLLBACK to the commit of a transaction in which a statement failed.
    if (results.at(-1)?.command === 'ROLLBACK')
      throw new Error('The database has rolled the transaction back.');
  }

  /** Returns true when the begin was not sent, so that there is nothing to roll back. */
  discard(): boolean {
    const [first] = this.unsent;
    this.unsent = [];
    return first === begin;
  }

  /** Sends the unsent statements, and `last` directly after them. */
  async sendBefore<T>(last: () => Promise<T>): Promise<T> {
    if (this.unsent.length === 0) return last();
    const earlier = await this.send();
    const result = last();
    // The error of an earlier statement is the reason for this one's, and is thrown instead of it.
    result.catch(() => undefined);
    await settled(earlier);
    return result;
  }

  async send(): Promise<readonly Sent[]> {
    const statements = this.unsent;
    this.unsent = [];
    if (statements.length === 0) return [];
    const client = (await this.runner.connect()) as PgClient;
    return statements.map((statement) => ({
      statement,
      result: client.query(statement.text, statement.parameters),
    }));
  }

  private log({ text, parameters }: SqlStatement): void {
    this.runner.dataSource.logger.logQuery(text, parameters, this.runner as unknown as QueryRunner);
  }
}

interface Sent {
  readonly statement: SqlStatement;
  readonly result: ReturnType<PgClient['query']>;
}

/** Waits for all results. Throws the first error once all have been answered. */
async function settled(sent: readonly Sent[]): Promise<PgResult[]> {
  const outcomes = await Promise.allSettled(sent.map(({ result }) => result));
  return outcomes.map((outcome, i) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    const { text = '', parameters = [] } = sent[i]?.statement ?? {};
    throw new QueryFailedError(text, parameters, outcome.reason as Error);
  });
}
