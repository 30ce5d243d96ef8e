import type { QueryRunner } from 'typeorm';

/** The column type for texts of more than 64 kB. `text` of MariaDB and MySQL ends there; that of the others does not. */
export function longText({ dataSource }: Pick<QueryRunner, 'dataSource'>): 'mediumtext' | 'text' {
  return dataSource.options.type === 'mysql' ? 'mediumtext' : 'text';
}
