import { QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';
import type { Written } from '../statement-text.js';

/** What came of a statement: the rows it found, and how many it changed. */
export interface Answer {
  readonly records: readonly unknown[];
  readonly affected: number;
}

/**
 * The way of hand-written statements to the database, past what TypeORM does for entities: its logger hears of each,
 * its subscribers of none.
 */
export abstract class Wire {
  constructor(protected readonly dataSource: DataSource) {}

  /**
   * Sends one statement, in the unit of `runner`, or committed by itself.
   * @throws QueryFailedError
   */
  async send(written: Written, runner?: QueryRunner): Promise<Answer> {
    const { text, bound } = written;
    const { logger } = this.dataSource;
    logger.logQuery(text, bound, runner);
    try {
      return await this.carry(written, runner);
    } catch (cause) {
      if (cause instanceof QueryFailedError || !(cause instanceof Error)) throw cause;
      logger.logQueryError(cause, text, bound, runner);
      throw new QueryFailedError(text, bound, cause);
    }
  }

  /**
   * Sends a statement that nothing else in its unit waits for: with the commit where the database takes several at once, so
   * that its failure is the unit's; else right away.
   */
  async sendLast(written: Written, runner: QueryRunner): Promise<void> {
    await this.send(written, runner);
  }

  /** Rejects with the driver's own error. */
  protected abstract carry(written: Written, runner?: QueryRunner): Promise<Answer>;
}

/** By the runners of TypeORM, where no shorter way is known. */
export class RunnerWire extends Wire {
  protected async carry({ text, bound }: Written, runner?: QueryRunner): Promise<Answer> {
    if (runner) return answerOf(await runner.query(text, bound, true));
    // The driver's own, since the DataSource's would bring an EntityManager with each statement.
    const own = this.dataSource.driver.createQueryRunner('master');
    try {
      return answerOf(await own.query(text, bound, true));
    } finally {
      await own.release();
    }
  }
}

/** Drivers may answer undefined, which is none. */
function answerOf({ records, affected }: { records: unknown[]; affected?: number }): Answer {
  return { records, affected: affected ?? 0 };
}
