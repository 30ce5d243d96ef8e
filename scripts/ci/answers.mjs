import mysql from 'mysql2/promise';
import pg from 'pg';
import { createClient } from 'redis';

/** Exit code 0 when the database at the given URL accepts a connection. */
const address = process.argv[2];

async function ask() {
  if (address.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2000 });
    await client.connect();
    await client.query('SELECT 1');
    return client.end();
  }
  if (address.startsWith('redis')) {
    const socket = { connectTimeout: 2000, reconnectStrategy: false };
    const client = createClient({ url: address, socket }).on('error', () => {});
    await client.connect();
    await client.ping();
    return client.close();
  }
  const connection = await mysql.createConnection({ uri: address, connectTimeout: 2000 });
  await connection.query('SELECT 1');
  return connection.end();
}

await ask().catch(() => process.exit(1));
