import mysql from 'mysql2/promise';
import pg from 'pg';

/** Drops the databases that the workers of this run kept for their next tests, and those of workers that were killed. */
export async function dropLeftDatabases(run, { TEST_POSTGRES_URL: postgres, TEST_MARIADB_URL: mariadb }) {
  const pattern = `portal\\_${run}\\_%`;
  if (postgres) await onPostgres(postgres, pattern);
  if (mariadb) await onMariadb(mariadb, pattern);
}

async function onPostgres(url, pattern) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('SELECT datname AS name FROM pg_database WHERE datname LIKE $1', [
    pattern,
  ]);
  for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
}

async function onMariadb(url, pattern) {
  const connection = await mysql.createConnection(new URL('/', url).href);
  const [rows] = await connection.query('SHOW DATABASES LIKE ?', [pattern]);
  for (const name of rows.flatMap(Object.values)) await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.end();
}
