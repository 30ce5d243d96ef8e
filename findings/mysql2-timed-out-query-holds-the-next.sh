#!/usr/bin/env bash
# One would guess: when the timeout of a mysql2 query has run out, its connection is done with it: the next query is sent, or the
#   connection is closed.
# What happens: the query that was refused stays the connection's running command until the server answers it. What is queued
#   behind it is not sent, and the time-out of that does not begin either. release() puts such a connection back into the pool.
# Who meets it: code that rolls back after a time-out: the rollback has a time-out of its own and still waits for the slow query.
# Seen with: mysql2 3.24.6, MariaDB 10.11. Needs one at $FINDING_MYSQL_URL (default mysql://root@127.0.0.1:3306).
#   Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund mysql2@3.24.6
cat > timed-out.mjs <<'JS'
import { createConnection } from 'mysql2/promise';
const connection = await createConnection(process.env.FINDING_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306');
const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
const ended = (query) => {
  const begun = Date.now();
  return query.then(() => 'answered', ({ code }) => code).then((how) => [how, Date.now() - begun]);
};
const slow = ended(connection.query({ sql: 'SELECT SLEEP(2)', timeout: 300 }));
const [slowEnded, slowTook] = await slow;
const [nextEnded, nextTook] = await ended(connection.query({ sql: 'ROLLBACK', timeout: 300 }));
console.log(`mysql2 3.24.6, ${version}: a query with a time-out of 300 ms ends after ${slowTook} ms: ${slowEnded}`);
console.log(`the ROLLBACK behind it, with a time-out of 300 ms too, ends after ${nextTook} ms: ${nextEnded}`);
connection.destroy();
process.exit(slowTook < 1000 && nextTook > 1000 ? 0 : 1);
JS
node timed-out.mjs
