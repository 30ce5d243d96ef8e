import type { QueryRunner } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import type { Written } from '../statement-text.js';
import { Wire, type Answer } from './wire.js';

type Heard = (error: Error | null, result: unknown) => void;

/** What is needed of a connection of mysql2, or of a pool of them. */
interface Connection {
  query(text: string, bound: Written['bound'], heard: Heard): unknown;
}

/** To MariaDB and MySQL: straight to the connections of mysql2, whose promises would note a stack with every statement. */
export class MysqlWire extends Wire {
  protected async carry({ text, bound }: Written, runner?: QueryRunner): Promise<Answer> {
    const pool: unknown = (this.dataSource.driver as MysqlDriver).pool;
    const connection: unknown = runner ? await runner.connect() : pool;
    return new Promise((resolve, reject) => {
      (connection as Connection).query(text, bound, (error, result) => {
        if (error) reject(error);
        else resolve(answerOf(result));
      });
    });
  }
}

function answerOf(result: unknown): Answer {
  if (Array.isArray(result)) return { records: result, affected: 0 };
  return { records: [], affected: (result as { affectedRows: number }).affectedRows };
}
