import type { DataSourceOptions } from 'typeorm';

/**
 * Options that every DataSource should have: `new DataSource({ …, ...safeDataSourceOptions })`. A condition that is null or
 * undefined throws. By default TypeORM leaves it out, and finds rows of other people.
 */
export const safeDataSourceOptions = {
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
} as const satisfies Partial<DataSourceOptions>;
