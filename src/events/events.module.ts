import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { AfterCommit } from 'typeorm-unit-of-work';
import { EventBus } from './event-bus.js';
import { HandOver } from './hand-over.js';
import { PortalEvents } from './portal-events.js';

/** One for the process, on its only DataSource. */
const afterCommit = {
  provide: AfterCommit,
  useFactory: (database: DataSource) => new AfterCommit(database),
  inject: [DataSource],
};

/** Recording and handing over what happened. Global: every room tells. Wildcards: a listener may name a whole family. */
@Global()
@Module({
  imports: [EventEmitterModule.forRoot({ wildcard: true }), ScheduleModule.forRoot()],
  providers: [afterCommit, EventBus, HandOver, PortalEvents],
  exports: [AfterCommit, EventBus, HandOver, PortalEvents],
})
export class EventsModule {}
