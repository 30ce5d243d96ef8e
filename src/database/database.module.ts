import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { UnitOfWork } from './unit-of-work.js';

/** The connected database, for every room; closed with the application. */
@Global()
@Module({ providers: [UnitOfWork], exports: [UnitOfWork] })
export class DatabaseModule {
  static with(dataSource: DataSource): DynamicModule {
    const connected = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSource.options }),
      dataSourceFactory: () => Promise.resolve(dataSource),
    });
    return { module: DatabaseModule, imports: [connected] };
  }
}
