import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import type { Written } from '../statement-text.js';
import type { WaitLimits } from './wait-limits.js';

/** What is needed of a connection of mysql2's pool. */
export interface MysqlConnection {
  query(
    text: string,
    bound: Written['bound'],
    heard: (error: Error | null, result: unknown) => void,
  ): unknown;
  release(): void;
  on(event: 'error', heard: (error: Error) => void): unknown;
  readonly stream: { destroy(error: Error): unknown };
}

const known = new WeakMap<object, MysqlPlaces>();

/** The pool of this driver, where its waits are limited. */
export function placesOf(driver: object): MysqlPlaces | undefined {
  return known.get(driver);
}

/** From now on they are. */
export function placesFor(driver: MysqlDriver, limits: WaitLimits): MysqlPlaces {
  const places = new MysqlPlaces(driver, limits);
  known.set(driver, places);
  return places;
}

/**
 * The pool of mysql2, waited for with limits: mysql2 waits for a place without one, keeps a connection whose query timed out, and
 * does not begin to count for what waits behind that query.
 */
export class MysqlPlaces {
  private readonly prepared = new WeakSet<MysqlConnection>();

  constructor(
    private readonly driver: MysqlDriver,
    private readonly limits: WaitLimits,
  ) {}

  /** @throws Error with the code ETIMEDOUT when there is none in time. */
  async take(): Promise<MysqlConnection> {
    const connection = await this.inTime();
    if (!this.prepared.has(connection)) this.prepare(connection);
    return connection;
  }

  /** Waits for answers of this connection. When they do not come in time it is closed, and everything that waits for it fails. */
  async heard<T>(connection: MysqlConnection, work: (on: MysqlConnection) => Promise<T>): Promise<T> {
    const { answer } = this.limits;
    const close = () => connection.stream.destroy(late(`The database has not answered within ${answer} ms.`));
    const timer = setTimeout(close, answer);
    try {
      return await work(connection);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A place that comes too late goes back at once. */
  private inTime(): Promise<MysqlConnection> {
    const { connection: limit } = this.limits;
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(late(`No connection to the database within ${limit} ms.`));
      }, limit);
      const taken = this.driver.obtainMasterConnection() as Promise<MysqlConnection>;
      taken
        .then((connection) => (isLate ? connection.release() : resolve(connection)), reject)
        .finally(() => clearTimeout(timer));
    });
  }

  /** Tells a new connection the server's limits; what it is asked next waits behind that, and fails with it. */
  private prepare(connection: MysqlConnection): void {
    this.prepared.add(connection);
    // A second error would have no listener otherwise, and end the process.
    connection.on('error', () => undefined);
    connection.query(serverLimits(this.limits), [], () => undefined);
  }
}

/** Locks of rows, and of tables; the rest MariaDB and MySQL call by different names, and each takes the other's part for a comment. */
function serverLimits({ lock, statement, transaction }: WaitLimits): string {
  const both = `innodb_lock_wait_timeout = ${seconds(lock)}, lock_wait_timeout = ${seconds(lock)}`;
  const mariadb = `max_statement_time = ${statement / 1000}, idle_transaction_timeout = ${seconds(transaction)}`;
  const mysql = `max_execution_time = ${statement}`;
  return `SET SESSION ${both} /*M!100301 , ${mariadb} */ /*!50708 , ${mysql} */`;
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

const late = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });
