import type { DataSource } from 'typeorm';

/**
 * Makes MariaDB and MySQL compare text byte by byte in every table made from now on: their usual collations join cases and
 * accents, most of them spaces at the end, and with them addresses and tokens. The other databases do so by themselves.
 */
export async function byteByByte(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type !== 'mysql') return;
  const [server] = await dataSource.query<{ version: string }[]>('SELECT VERSION() AS version');
  const collation = exactCollation(server?.version ?? '');
  await dataSource.query(`ALTER DATABASE CHARACTER SET utf8mb4 COLLATE ${collation}`);
}

/** The collation of a server of this version that joins nothing; `utf8mb4_bin`, which both have, ignores spaces at the end. */
export function exactCollation(version: string): string {
  return /mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
