import type { DataSource, QueryRunner } from 'typeorm';

const wanted = 'READ COMMITTED';

/** Whether the transactions of each connection begin with the wanted level. */
const known = new WeakMap<object, boolean>();

/**
 * Returns the level to set when a transaction begins on this runner. It is undefined where the connection begins with that level
 * by itself, because setting it costs a round trip each time. Each connection is asked once.
 */
export async function isolationLevelToSet(
  dataSource: DataSource,
  runner: QueryRunner,
): Promise<typeof wanted | undefined> {
  const connection = (await runner.connect()) as object;
  const asWanted = known.get(connection) ?? (await beginsWithWanted(dataSource, runner));
  known.set(connection, asWanted);
  return asWanted ? undefined : wanted;
}

async function beginsWithWanted({ options }: DataSource, runner: QueryRunner): Promise<boolean> {
  if (options.isolationLevel !== undefined) return false;
  const { records } = await runner.query(options.type === 'postgres' ? ofPostgres : ofMysql, [], true);
  const [record = {}] = records as Readonly<Record<string, string>>[];
  // The value comes last, after its name on MariaDB and MySQL.
  const level = Object.values(record).at(-1) ?? '';
  return level.toUpperCase().replaceAll('-', ' ') === wanted;
}

const ofPostgres = 'SHOW default_transaction_isolation';
// MariaDB and MySQL call it differently.
const ofMysql = "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')";
