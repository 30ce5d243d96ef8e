import type { QueryRunner } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import type { Written } from '../statement-text.js';
import { placesOf, type MysqlConnection } from '../waits/mysql-places.js';
import { Wire, type Answer } from './wire.js';

type Asked = Pick<MysqlConnection, 'query'>;

/** To MariaDB and MySQL: straight to the connections of mysql2, whose promises would note a stack with every statement. */
export class MysqlWire extends Wire {
  protected async carry(written: Written, runner?: QueryRunner): Promise<Answer> {
    const driver = this.dataSource.driver as MysqlDriver;
    const places = placesOf(driver);
    if (!places) return asked((runner ? await runner.connect() : driver.pool) as Asked, written);
    if (runner) return places.heard((await runner.connect()) as MysqlConnection, (on) => asked(on, written));
    const connection = await places.take();
    try {
      return await places.heard(connection, (on) => asked(on, written));
    } finally {
      connection.release();
    }
  }
}

function asked(connection: Asked, { text, bound }: Written): Promise<Answer> {
  return new Promise((resolve, reject) => {
    connection.query(text, bound, (error, result) => {
      if (error) reject(error);
      else resolve(answerOf(result));
    });
  });
}

function answerOf(result: unknown): Answer {
  if (Array.isArray(result)) return { records: result, affected: 0 };
  return { records: [], affected: (result as { affectedRows: number }).affectedRows };
}
