import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queueSqlite } from 'typeorm-unit-of-work';
import { options } from './database.js';

// README: begin
/** The DataSource of a host without `@nestjs/typeorm`. */
@Module({
  providers: [
    {
      provide: DataSource,
      useFactory: () => {
        const dataSource = new DataSource(options);
        queueSqlite(dataSource); // SQLite only
        return dataSource.initialize();
      },
    },
  ],
  exports: [DataSource],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  onApplicationShutdown(): Promise<void> {
    return this.dataSource.destroy();
  }
}
// README: end
