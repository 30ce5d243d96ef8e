import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** The connected database, for every room; closed with the application. */
@Module({})
export class DatabaseModule {
  static with(dataSource: DataSource): DynamicModule {
    const connected = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSource.options }),
      dataSourceFactory: () => Promise.resolve(dataSource),
    });
    return { module: DatabaseModule, imports: [connected] };
  }
}
