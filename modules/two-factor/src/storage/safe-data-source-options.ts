import type { DataSourceOptions } from 'typeorm';

/**
 * What every DataSource of the host must set: `new DataSource({ …, ...safeDataSourceOptions })`. A condition that is
 * null or undefined throws, instead of being left out and finding somebody else's row.
 */
export const safeDataSourceOptions = {
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
} as const satisfies Partial<DataSourceOptions>;
