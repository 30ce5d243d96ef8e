import type { DataSource } from 'typeorm';

/**
 * Makes MariaDB and MySQL compare text byte by byte in every table made from now on: their usual collations join cases
 * and accents, and with them addresses and tokens. The other databases do so by themselves.
 */
export async function byteByByte(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type !== 'mysql') return;
  await dataSource.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
}
