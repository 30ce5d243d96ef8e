import type { DataSource, QueryRunner } from 'typeorm';

const wanted = 'READ COMMITTED';

/** What is known of each connection: do its transactions begin as wanted? */
const known = new WeakMap<object, boolean>();

/**
 * The level to ask for when a transaction begins on this runner; undefined where that would only repeat what the connection
 * does by itself, since asking costs a round trip each time. Each connection is looked at once.
 */
export async function levelToAskFor(
  dataSource: DataSource,
  runner: QueryRunner,
): Promise<typeof wanted | undefined> {
  const connection = (await runner.connect()) as object;
  const asWanted = known.get(connection) ?? (await beginsAsWanted(dataSource, runner));
  known.set(connection, asWanted);
  return asWanted ? undefined : wanted;
}

async function beginsAsWanted({ options }: DataSource, runner: QueryRunner): Promise<boolean> {
  if (options.isolationLevel !== undefined) return false;
  const { records } = await runner.query(options.type === 'postgres' ? ofPostgres : ofMysql, [], true);
  const [record = {}] = records as Readonly<Record<string, string>>[];
  // The value stands last, behind its name on MariaDB and MySQL.
  const level = Object.values(record).at(-1) ?? '';
  return level.toUpperCase().replaceAll('-', ' ') === wanted;
}

const ofPostgres = 'SHOW default_transaction_isolation';
// MariaDB and MySQL call it differently.
const ofMysql = "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')";
