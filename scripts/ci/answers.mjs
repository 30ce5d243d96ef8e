import mysql from 'mysql2/promise';
import pg from 'pg';

/** Exit code 0 when the database at the given address lets us in. */
const address = process.argv[2];

async function ask() {
  if (address.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2000 });
    await client.connect();
    await client.query('SELECT 1');
    return client.end();
  }
  const connection = await mysql.createConnection({ uri: address, connectTimeout: 2000 });
  await connection.query('SELECT 1');
  return connection.end();
}

await ask().catch(() => process.exit(1));
