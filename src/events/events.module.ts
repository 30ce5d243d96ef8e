import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { CommitWatch } from './commit-watch.js';
import { EventBus } from './event-bus.js';
import { HandOver } from './hand-over.js';
import { PortalEvents } from './portal-events.js';

/**
 * The outbox and the event bus. Global, because every module emits events. Wildcards: a listener may subscribe to a group of
 * names.
 */
@Global()
@Module({
  imports: [EventEmitterModule.forRoot({ wildcard: true }), ScheduleModule.forRoot()],
  providers: [CommitWatch, EventBus, HandOver, PortalEvents],
  exports: [CommitWatch, EventBus, HandOver, PortalEvents],
})
export class EventsModule {}
