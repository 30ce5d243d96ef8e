import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import type { MysqlConnection, MysqlPlaces } from './mysql-places.js';

type Mode = ConstructorParameters<typeof MysqlQueryRunner>[1];
type Answer = ReturnType<MysqlQueryRunner['query']>;

/** A runner on MariaDB and MySQL that waits neither for its connection nor for an answer longer than the limits say. */
export class LimitedMysqlRunner extends MysqlQueryRunner {
  private taken: Promise<MysqlConnection> | undefined;

  constructor(
    driver: MysqlDriver,
    mode: Mode,
    private readonly places: MysqlPlaces,
  ) {
    super(driver, mode);
  }

  override connect(): Promise<MysqlConnection> {
    this.taken ??= this.places.take().then((connection) => {
      this.databaseConnection = connection;
      return connection;
    });
    return this.taken;
  }

  override async query(text: string, bound?: unknown[], structured?: boolean): Answer {
    if (this.isReleased) return super.query(text, bound, structured);
    const connection = await this.connect();
    return this.places.heard(connection, () => super.query(text, bound, structured));
  }
}
