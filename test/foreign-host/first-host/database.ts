import { TypeOrmModule } from '@nestjs/typeorm';
import { twoFactorEntities, twoFactorMigrations } from 'nestjs-two-factor';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { queueSqlite, safeDataSourceOptions } from 'typeorm-unit-of-work';
import { Members1700000000000 } from './1700000000000-members.js';
import { ProtectionFlag1700000000001 } from './1700000000001-protection-flag.js';
import { User } from './user.entity.js';

const options: DataSourceOptions = {
  ...safeDataSourceOptions,
  type: 'better-sqlite3',
  database: process.env['DATABASE'] ?? 'first-host.sqlite',
  entities: [User, ...twoFactorEntities],
  migrations: [Members1700000000000, ProtectionFlag1700000000001, ...twoFactorMigrations],
  migrationsRun: true,
};

/** `dataSourceFactory` is where a host with `@nestjs/typeorm` creates its DataSource. */
export const database = TypeOrmModule.forRootAsync({
  useFactory: () => options,
  dataSourceFactory: () => {
    const dataSource = new DataSource(options);
    queueSqlite(dataSource); // SQLite only
    return dataSource.initialize();
  },
});
