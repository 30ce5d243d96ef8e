import type { DataSource } from 'typeorm';

/**
 * Makes MariaDB and MySQL compare text byte by byte in every table that is created from now on. Their usual collations
 * ignore case and accents, and most of them trailing spaces. Different addresses and tokens would then be equal. The
 * other databases compare byte by byte by default.
 */
export async function byteByByte(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type !== 'mysql') return;
  const [server] = await dataSource.query<{ version: string }[]>('SELECT VERSION() AS version');
  const collation = exactCollation(server?.version ?? '');
  await dataSource.query(`ALTER DATABASE CHARACTER SET utf8mb4 COLLATE ${collation}`);
}

/**
 * The collation of a server of this version that distinguishes all texts; `utf8mb4_bin`, which both have, ignores
 * trailing spaces.
 */
export function exactCollation(version: string): string {
  return /mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
