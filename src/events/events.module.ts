import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { CommitWatch } from './commit-watch.js';
import { EventBus } from './event-bus.js';
import { HandOver } from './hand-over.js';
import { PortalEvents } from './portal-events.js';

/** Recording and handing over what happened. Global: every room tells. Wildcards: a listener may name a whole family. */
@Global()
@Module({
  imports: [EventEmitterModule.forRoot({ wildcard: true }), ScheduleModule.forRoot()],
  providers: [CommitWatch, EventBus, HandOver, PortalEvents],
  exports: [CommitWatch, EventBus, HandOver, PortalEvents],
})
export class EventsModule {}
