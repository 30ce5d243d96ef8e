#!/usr/bin/env bash
# One would guess: queryRunner.getTables() of TypeORM without names lists the tables of the database it is connected to.
# What happens: on MySQL and MariaDB it lists those of every database that the user may see. With names it stays at home.
# Who meets it: scripts that list, compare or drop "all tables" on a server with more than one database.
# Seen with: typeorm 1.1.1, mysql2 3.24.0, MariaDB 10.11. Needs a MariaDB or MySQL at $FINDING_MYSQL_URL
#   (default mysql://root@127.0.0.1:3306), where it makes two databases and drops them. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund typeorm@1.1.1 mysql2@3.24.0 reflect-metadata@0.2.2
cat > tables.mjs <<'JS'
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { DataSource } from 'typeorm';
const url = process.env.FINDING_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
const server = await createConnection(url);
const [[{ version }]] = await server.query('SELECT VERSION() AS version');
const [ours, theirs] = ['a', 'b'].map((end) => `finding_${randomBytes(4).toString('hex')}_${end}`);
try {
  for (const database of [ours, theirs]) {
    await server.query(`CREATE DATABASE ${database}`);
    await server.query(`CREATE TABLE ${database}.notes (id INT PRIMARY KEY)`);
  }
  const source = await new DataSource({ type: 'mysql', url: `${url.replace(/\/$/, '')}/${ours}` }).initialize();
  const runner = source.createQueryRunner();
  const names = (await runner.getTables()).map(({ name }) => name);
  await runner.release();
  await source.destroy();
  const foreign = names.some((name) => name.includes(theirs));
  console.log(`typeorm 1.1.1, ${version}: connected to ${ours}, getTables() names ${theirs}.notes: ${foreign}`);
  process.exitCode = foreign ? 0 : 1;
} finally {
  for (const database of [ours, theirs]) await server.query(`DROP DATABASE IF EXISTS ${database}`);
  await server.end();
}
JS
node tables.mjs
