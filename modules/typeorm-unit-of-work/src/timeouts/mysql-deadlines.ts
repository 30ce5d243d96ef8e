import type { DatabaseTimeouts } from './database-timeouts.js';

/** The part of a connection of mysql2's pool that is used here. */
export interface MysqlConnection {
  query(text: string, parameters: unknown[], done: (error: Error | null, result: unknown) => void): unknown;
  release(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly stream: { destroy(error: Error): unknown };
}

/**
 * Deadlines for the pool of mysql2. Without them mysql2 waits for a free connection without a limit. It also keeps a
 * connection after a query timeout, and does not count the time of a query that waits behind another one.
 */
export class MysqlDeadlines {
  private readonly configured = new WeakSet<MysqlConnection>();

  constructor(private readonly timeouts: DatabaseTimeouts) {}

  /**
   * Waits for a connection. One that comes too late is given back at once.
   * @throws Error with the code ETIMEDOUT when there is none in time.
   */
  async connectionOf(pending: Promise<MysqlConnection>): Promise<MysqlConnection> {
    const connection = await this.inTime(pending);
    if (!this.configured.has(connection)) this.configure(connection);
    return connection;
  }

  /** Waits for answers of this connection. Without one in time it is closed, and all statements that wait for it fail. */
  async answerOf<T>(connection: MysqlConnection, work: () => Promise<T>): Promise<T> {
    const { answer } = this.timeouts;
    const close = () =>
      connection.stream.destroy(timeoutError(`The database has not answered within ${answer} ms.`));
    const timer = setTimeout(close, answer);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }

  private inTime(pending: Promise<MysqlConnection>): Promise<MysqlConnection> {
    const { connection: limit } = this.timeouts;
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(timeoutError(`No connection to the database within ${limit} ms.`));
      }, limit);
      pending
        .then((connection) => (isLate ? connection.release() : resolve(connection)), reject)
        .finally(() => clearTimeout(timer));
    });
  }

  /** Sets the limits of the server for a new connection. Its next statement waits behind that, and fails with it. */
  private configure(connection: MysqlConnection): void {
    this.configured.add(connection);
    // A second error would have no listener otherwise, and end the process.
    connection.on('error', () => undefined);
    connection.query(serverLimits(this.timeouts), [], () => undefined);
  }
}

/**
 * Locks of rows and of tables have the same names on both. The other limits have different names on MariaDB and MySQL, and each
 * reads the part of the other as a comment.
 */
function serverLimits({ lock, statement, transaction }: DatabaseTimeouts): string {
  const both = `innodb_lock_wait_timeout = ${seconds(lock)}, lock_wait_timeout = ${seconds(lock)}`;
  const mariadb = `max_statement_time = ${statement / 1000}, idle_transaction_timeout = ${seconds(transaction)}`;
  const mysql = `max_execution_time = ${statement}`;
  return `SET SESSION ${both} /*M!100301 , ${mariadb} */ /*!50708 , ${mysql} */`;
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

const timeoutError = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });
