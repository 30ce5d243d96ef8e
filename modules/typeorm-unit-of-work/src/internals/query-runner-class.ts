import type { DataSource, QueryRunner } from 'typeorm';

/** The methods of query runners that subclasses of this package override. */
interface OverridableMethods {
  connect(): Promise<unknown>;
  /** TypeORM declares three overloads. A subclass needs only this one. */
  query(text: string, parameters?: unknown[], structured?: boolean): Promise<unknown>;
  startTransaction(isolationLevel?: Parameters<QueryRunner['startTransaction']>[0]): Promise<void>;
  commitTransaction(): Promise<void>;
  rollbackTransaction(): Promise<void>;
  release(): Promise<void>;
}

/** A query runner as a subclass sees it. */
type PlainQueryRunner = OverridableMethods & Omit<QueryRunner, keyof OverridableMethods>;

/** The class of the query runners of one driver. */
export type QueryRunnerClass = new (driver: unknown, mode: unknown) => PlainQueryRunner;

const overridden: readonly (keyof OverridableMethods)[] = [
  'connect',
  'query',
  'startTransaction',
  'commitTransaction',
  'rollbackTransaction',
  'release',
];

const warned = new WeakSet();

/**
 * Replaces the class of the query runners of a DataSource by a subclass. This is the only place where the package changes
 * TypeORM: it assigns `driver.createQueryRunner`. TypeORM offers no option for it.
 *
 * Returns false, and warns once, when this version of TypeORM has other query runners. The DataSource then works as without
 * this package; `lost` says in the warning what it lacks.
 */
export function replaceQueryRunnerClass(
  dataSource: DataSource,
  subclass: (Original: QueryRunnerClass) => QueryRunnerClass,
  lost: string,
): boolean {
  const { driver } = dataSource;
  const Original = classOf(driver);
  if (!Original) {
    if (!warned.has(driver))
      process.emitWarning(`typeorm-unit-of-work does not know this version of TypeORM: ${lost}`, {
        code: 'TYPEORM_UNIT_OF_WORK',
      });
    warned.add(driver);
    return false;
  }
  const Replacement = subclass(Original);
  driver.createQueryRunner = (mode) => new Replacement(driver, mode) as unknown as QueryRunner;
  return true;
}

function classOf(driver: DataSource['driver']): QueryRunnerClass | null {
  const runner = driver.createQueryRunner('master') as Partial<QueryRunner>;
  const isKnown = overridden.every((method) => typeof runner[method] === 'function');
  return isKnown ? (runner.constructor as unknown as QueryRunnerClass) : null;
}
