import type { DataSource, EntityManager } from 'typeorm';
import type { AttemptStore } from '../../core/contracts/stores/attempt.store.js';
import type { BrakeStore } from '../../core/contracts/stores/brake.store.js';
import type { CallerCheckStore } from '../../core/contracts/stores/desk/caller-check.store.js';
import type { CheckUpStore } from '../../core/contracts/stores/desk/check-up.store.js';
import type { RecoveryCaseStore } from '../../core/contracts/stores/desk/recovery-case.store.js';
import type { EventStore } from '../../core/contracts/stores/event.store.js';
import type { FactorStore } from '../../core/contracts/stores/factor.store.js';
import type { LockDownStore } from '../../core/contracts/stores/lock-down.store.js';
import type { PendingLoginStore } from '../../core/contracts/stores/pending-login.store.js';
import type { RemovedFactorStore } from '../../core/contracts/stores/removed-factor.store.js';
import { Stores } from '../../core/contracts/stores/stores.js';
import type { TokenStore } from '../../core/contracts/stores/token.store.js';
import { Statements, transaction } from 'typeorm-unit-of-work';
import { TypeOrmLockDownStore } from './lock-down/typeorm-lock-down.store.js';
import { TypeOrmRemovedFactorStore } from './lock-down/typeorm-removed-factor.store.js';
import { TypeOrmCallerCheckStore } from './desk/typeorm-caller-check.store.js';
import { TypeOrmCheckUpStore } from './desk/typeorm-check-up.store.js';
import { TypeOrmRecoveryCaseStore } from './desk/typeorm-recovery-case.store.js';
import { SealedTable, type SealedColumn } from './sealed-table.js';
import { TypeOrmAttemptStore } from './typeorm-attempt.store.js';
import { TypeOrmBrakeStore } from './typeorm-brake.store.js';
import { TypeOrmEventStore } from './typeorm-event.store.js';
import { TypeOrmFactorStore } from './typeorm-factor.store.js';
import { TypeOrmPendingStore } from './typeorm-pending-login.store.js';
import { TypeOrmTokenStore } from './typeorm-token.store.js';

const sealed: readonly SealedColumn[] = [
  { name: 'factors', purpose: 'factor', table: 'two_factor_factors', column: 'sealed', version: 'version' },
  { name: 'drafts', purpose: 'draft', table: 'two_factor_tokens', column: 'sealed' },
  { name: 'removed-factors', purpose: 'factor', table: 'two_factor_removed_factors', column: 'sealed' },
];

/**
 * All stored data, in the host's SQLite (better-sqlite3), PostgreSQL, MariaDB or MySQL database. The DataSource needs
 * the package's entities and migrations, `safeDataSourceOptions` and `queueSqlite`.
 */
export class TypeOrmStores extends Stores {
  readonly factors: FactorStore;
  readonly tokens: TokenStore;
  readonly pending: PendingLoginStore;
  readonly attempts: AttemptStore;
  readonly events: EventStore;
  readonly lockDowns: LockDownStore;
  readonly removed: RemovedFactorStore;
  readonly brakes: BrakeStore;
  readonly callerChecks: CallerCheckStore;
  readonly recoveryCases: RecoveryCaseStore;
  readonly checkUps: CheckUpStore;
  readonly sealed: readonly SealedTable[];

  /** `unit`: the manager of the current transaction; without it each statement commits by itself. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly unit?: EntityManager,
  ) {
    super();
    const statements = new Statements(dataSource, unit);
    this.factors = new TypeOrmFactorStore(statements);
    this.tokens = new TypeOrmTokenStore(statements);
    this.pending = new TypeOrmPendingStore(statements);
    this.attempts = new TypeOrmAttemptStore(statements);
    this.events = new TypeOrmEventStore(statements);
    this.lockDowns = new TypeOrmLockDownStore(statements);
    this.removed = new TypeOrmRemovedFactorStore(statements);
    this.brakes = new TypeOrmBrakeStore(statements);
    this.callerChecks = new TypeOrmCallerCheckStore(statements);
    this.recoveryCases = new TypeOrmRecoveryCaseStore(statements);
    this.checkUps = new TypeOrmCheckUpStore(statements);
    this.sealed = sealed.map((where) => new SealedTable(statements, where));
  }

  /** On the stores of a transaction, `work` joins that transaction. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    if (this.unit) return work(this);
    return transaction(this.dataSource, (unit) => work(new TypeOrmStores(this.dataSource, unit)));
  }
}
