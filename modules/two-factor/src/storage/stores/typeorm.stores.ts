import type { DataSource, EntityManager } from 'typeorm';
import { Stores } from '../../core/contracts/stores/stores.js';
import { Statements, transaction } from 'typeorm-unit-of-work';
import { SealedTable, type SealedColumn } from './sealed-table.js';
import { TypeOrmAttemptStore } from './typeorm-attempt.store.js';
import { TypeOrmEventStore } from './typeorm-event.store.js';
import { TypeOrmFactorStore } from './typeorm-factor.store.js';
import { TypeOrmHeldStore } from './typeorm-held.store.js';
import { TypeOrmTokenStore } from './typeorm-token.store.js';

const sealed: readonly SealedColumn[] = [
  { name: 'factors', purpose: 'factor', table: 'two_factor_factors', column: 'sealed', version: 'version' },
  { name: 'drafts', purpose: 'draft', table: 'two_factor_tokens', column: 'sealed' },
];

/**
 * All that is kept, in the host's SQLite (better-sqlite3), PostgreSQL, MariaDB or MySQL database. The DataSource has the
 * package's entities, migrations and `safeDataSourceOptions`, and went through `queueSqlite`.
 */
export class TypeOrmStores extends Stores {
  readonly factors: TypeOrmFactorStore;
  readonly tokens: TypeOrmTokenStore;
  readonly held: TypeOrmHeldStore;
  readonly attempts: TypeOrmAttemptStore;
  readonly events: TypeOrmEventStore;
  readonly sealed: readonly SealedTable[];

  /** `unit`: the manager of the unit these stores work in; left out, each statement is committed by itself. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly unit?: EntityManager,
  ) {
    super();
    const statements = new Statements(dataSource, unit);
    this.factors = new TypeOrmFactorStore(statements);
    this.tokens = new TypeOrmTokenStore(statements);
    this.held = new TypeOrmHeldStore(statements);
    this.attempts = new TypeOrmAttemptStore(statements);
    this.events = new TypeOrmEventStore(statements);
    this.sealed = sealed.map((where) => new SealedTable(statements, where));
  }

  /** Called on the stores of a unit it joins that unit. */
  together<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    if (this.unit) return work(this);
    return transaction(this.dataSource, (unit) => work(new TypeOrmStores(this.dataSource, unit)));
  }
}
