import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';

/** The databases of a run: SQLite always, the others if a variable names their server. */
export function databases(env) {
  const sqlite = {
    name: 'SQLite',
    make: async (folder) => ({ url: `sqlite:${join(folder, 'bench.sqlite')}` }),
  };
  return [
    sqlite,
    ...server('PostgreSQL', env.BENCH_POSTGRES_URL, onPostgres),
    ...server('MariaDB', env.BENCH_MARIADB_URL, onMariaDb),
  ];
}

function server(name, url, run) {
  return url ? [{ name, make: () => scratch(url, run) }] : [];
}

/** A temporary database on the named server, dropped at the end. */
async function scratch(server, run) {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name}`) };
}

async function onPostgres(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function onMariaDb(server, sql) {
  const url = new URL(server);
  url.pathname = '/';
  const connection = await mysql.createConnection(url.href);
  await connection.query(sql);
  await connection.end();
}
