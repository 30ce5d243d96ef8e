import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { AfterCommit } from 'typeorm-unit-of-work';
import { EventBus } from './event-bus.js';
import { OutboxRelay } from './outbox-relay.js';
import { PortalEvents } from './portal-events.js';

/** One for the process, on its only DataSource. */
const afterCommit = {
  provide: AfterCommit,
  useFactory: (database: DataSource) => new AfterCommit(database),
  inject: [DataSource],
};

/**
 * The outbox and the event bus. Global, because every module emits events. Wildcards: a listener may subscribe to a group of
 * names.
 */
@Global()
@Module({
  imports: [EventEmitterModule.forRoot({ wildcard: true }), ScheduleModule.forRoot()],
  providers: [afterCommit, EventBus, OutboxRelay, PortalEvents],
  exports: [AfterCommit, EventBus, OutboxRelay, PortalEvents],
})
export class EventsModule {}
