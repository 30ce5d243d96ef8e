import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { DATABASE_TIME, type DatabaseTime } from '../../database/database-time.js';
import { InstalledModules, PORTAL_MODULES } from './modules.js';
import type { PortalModule } from './portal-module.js';
import { ProblemFilter } from '../problems/problem.filter.js';

/** The parts of a portal besides its modules. */
export interface PortalParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly databaseTime: DatabaseTime;
  readonly modules: readonly PortalModule[];
}

/** Configuration, clocks and the installed modules, for all modules; and the filter for errors. */
@Global()
@Module({
  providers: [InstalledModules, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [InstalledModules],
})
export class FrameModule {
  static with({ config, clock, databaseTime, modules }: PortalParts): DynamicModule {
    return {
      module: FrameModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: DATABASE_TIME, useValue: databaseTime },
        { provide: PORTAL_MODULES, useValue: modules },
      ],
      exports: [Config, Clock, DATABASE_TIME, PORTAL_MODULES],
    };
  }
}
