import type { QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PipelinedRunner, type Client, type Result } from './pipelined-runner.js';
import type { Written } from '../statement-text.js';
import { Wire, type Answer } from './wire.js';

/** To PostgreSQL: straight to the clients of pg. */
export class PostgresWire extends Wire {
  override async sendLast(written: Written, runner: QueryRunner): Promise<void> {
    if (!(runner instanceof PipelinedRunner)) return super.sendLast(written, runner);
    this.dataSource.logger.logQuery(written.text, written.bound, runner);
    runner.keep(written);
  }

  protected async carry(written: Written, runner?: QueryRunner): Promise<Answer> {
    const { rows, rowCount } = await this.result(written, runner);
    return { records: rows, affected: rowCount ?? 0 };
  }

  private async result(written: Written, runner?: QueryRunner): Promise<Result> {
    if (runner instanceof PipelinedRunner) return runner.send(written);
    const pool: unknown = (this.dataSource.driver as PostgresDriver).master;
    const client: unknown = runner ? await runner.connect() : pool;
    return (client as Client).query(written.text, written.bound);
  }
}
