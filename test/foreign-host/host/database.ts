import { TypeOrmModule } from '@nestjs/typeorm';
import { twoFactorEntities, twoFactorMigrations } from 'nestjs-two-factor';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { queueSqlite, safeDataSourceOptions } from 'typeorm-unit-of-work';
import { Members1700000000000 } from './1700000000000-members.js';
import { User } from './user.entity.js';

export const options: DataSourceOptions = {
  // README: begin
  ...safeDataSourceOptions,
  entities: [User, ...twoFactorEntities],
  migrations: [Members1700000000000, ...twoFactorMigrations],
  // README: end
  type: 'better-sqlite3',
  // A file keeps the members while the host is stopped.
  database: process.env['HOST_DATABASE'] ?? ':memory:',
  migrationsRun: true,
};

/** This host's tables and those of two-factor, in one database. */
export const database = TypeOrmModule.forRootAsync({
  useFactory: () => options,
  dataSourceFactory: () => {
    const dataSource = new DataSource(options);
    // README: begin
    queueSqlite(dataSource); // SQLite only
    // README: end
    return dataSource.initialize();
  },
});
