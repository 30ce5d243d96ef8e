#!/usr/bin/env bash
# One would guess: after pg's query_timeout has refused a query, release() throws that client away, since an answer may still come.
# What happens: release() without an argument puts the client back among the idle ones. Its connection still waits for the old
#   answer, so the next query that gets it waits behind that one. release(true), or release(error), throws it away. With the
#   option pipeline: true the client destroys its connection by itself.
# Who meets it: code with try/finally { client.release() }, the usual form, when a database or a network falls silent.
# Seen with: pg 8.23.1. Needs a PostgreSQL at $FINDING_POSTGRES_URL (default postgres://postgres@127.0.0.1:5432/postgres).
#   Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund pg@8.23.1
cat > timed-out.mjs <<'JS'
import pg from 'pg';
const connectionString = process.env.FINDING_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** How many clients are idle in a pool of one after its only query was too slow, and was released the usual way. */
async function idleAfterTimeout(options) {
  const pool = new pg.Pool({ connectionString, max: 1, query_timeout: 300, ...options });
  pool.on('error', () => {});
  const client = await pool.connect();
  client.on('error', () => {});
  const refused = await client.query('SELECT pg_sleep(2)').then(() => 'answered', (error) => error.message);
  client.release();
  await new Promise((soon) => setTimeout(soon, 50));
  const { idleCount } = pool;
  await pool.end();
  return [refused, idleCount];
}

const [plain, pipelined] = [await idleAfterTimeout({}), await idleAfterTimeout({ pipeline: true })];
console.log(`pg 8.23.1: ${plain[0]}; clients back in the pool: ${plain[1]}`);
console.log(`with pipeline: true: ${pipelined[0]}; clients back in the pool: ${pipelined[1]}`);
process.exit(plain[1] === 1 && pipelined[1] === 0 ? 0 : 1);
JS
node timed-out.mjs
