import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';

/** Changes that belong together: all of them or none. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly database: DataSource) {}

  /**
   * Runs `work` in one transaction. It is done again whole, up to 3 times, on deadlock, serialization failure or busy: so
   * `work` awaits nothing but statements of the manager it is given, and its first statement is its conditional write.
   * Throwing rolls back.
   */
  run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return transaction(this.database, work);
  }
}
