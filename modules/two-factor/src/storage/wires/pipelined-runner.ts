import { QueryFailedError } from 'typeorm';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { Written } from '../statement-text.js';

type IsolationLevel = Parameters<PostgresQueryRunner['startTransaction']>[0];
type Answer = ReturnType<PostgresQueryRunner['query']>;

/** What the driver answers. */
export interface Result {
  readonly command: string;
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/** What is needed of pg's client. */
export interface Client {
  query(text: string, bound: Written['bound']): Promise<Result>;
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

const begin: Written = { text: 'START TRANSACTION', bound: [] };
const commit: Written = { text: 'COMMIT', bound: [] };

/**
 * A runner whose units cost fewer round trips to PostgreSQL: the begin goes along with the first statement, and the statements
 * that nothing waits for go along with the commit, in one write each. The rest is as TypeORM has it.
 */
export class PipelinedRunner extends PostgresQueryRunner {
  /** The unit has begun for us; the server learns of it with the first statement. */
  private toBegin = false;
  private kept: Written[] = [];

  /** Sends one statement. Rejects with the driver's error. */
  async send(written: Written): Promise<Result> {
    const client = await this.client();
    const before = this.unsent();
    if (before.length === 0) return client.query(written.text, written.bound);
    const results = await atOnce(client, [...before, written]);
    return results.at(-1) as Result;
  }

  /** Keeps a statement of the unit for its commit, or for whatever it sends next. */
  keep(written: Written): void {
    this.kept.push(written);
  }

  override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    const level = isolationLevel ?? this.dataSource.options.isolationLevel;
    if (this.transactionDepth > 0 || level !== undefined) return super.startTransaction(isolationLevel);
    await this.broadcaster.broadcast('BeforeTransactionStart');
    this.dataSource.logger.logQuery(begin.text, begin.bound, this);
    this.isTransactionActive = this.toBegin = true;
    this.transactionDepth = 1;
    this.kept = [];
    await this.broadcaster.broadcast('AfterTransactionStart');
  }

  override async query(text: string, bound?: unknown[], structured?: boolean): Answer {
    const before = this.unsent();
    if (before.length > 0) await atOnce(await this.client(), before);
    return super.query(text, bound, structured);
  }

  /** @throws QueryFailedError when a statement kept for it failed; everything is rolled back then. */
  override async commitTransaction(): Promise<void> {
    if (this.transactionDepth !== 1) return super.commitTransaction();
    await this.broadcaster.broadcast('BeforeTransactionCommit');
    await this.end();
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    await this.broadcaster.broadcast('AfterTransactionCommit');
  }

  override async rollbackTransaction(): Promise<void> {
    this.kept = [];
    this.toBegin = false;
    // Where nothing was sent this only draws a warning.
    await super.rollbackTransaction();
  }

  /** What the server is still to be told of, once. */
  private unsent(): readonly Written[] {
    const unsent = [...(this.toBegin ? [begin] : []), ...this.kept];
    this.toBegin = false;
    this.kept = [];
    return unsent;
  }

  private async client(): Promise<Client> {
    const connection: unknown = await this.connect();
    return connection as Client;
  }

  private async end(): Promise<void> {
    this.dataSource.logger.logQuery(commit.text, commit.bound, this);
    const isNew = this.toBegin;
    const before = this.unsent();
    if (isNew && before.length === 1) return;
    const results = await atOnce(await this.client(), [...before, commit]);
    // PostgreSQL commits nothing of a unit in which a statement failed, and says so by this.
    if (results.at(-1)?.command === 'ROLLBACK') throw new Error('The database has rolled the unit back.');
  }
}

/** Sends these in one write. The first failure is thrown once all have been answered. */
async function atOnce(client: Client, all: readonly Written[]): Promise<readonly Result[]> {
  const { stream } = client.connection;
  stream.cork();
  const answers = all.map(({ text, bound }) => client.query(text, bound));
  stream.uncork();
  const outcomes = await Promise.allSettled(answers);
  return outcomes.map((outcome, i) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    throw new QueryFailedError(all[i]?.text ?? '', all[i]?.bound, outcome.reason as Error);
  });
}
