import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { PortalEvent } from './portal-event.js';

/**
 * Emits an event to in-process listeners (`@OnEvent('…')`). Best effort: a listener that must not miss events is an
 * `EventSubscriber`.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger('EventBus');

  constructor(private readonly emitter: EventEmitter2) {}

  /** Never rejects: a failing listener does not affect the caller. */
  async publish(event: PortalEvent): Promise<void> {
    try {
      await this.emitter.emitAsync(event.name, event);
    } catch (error) {
      this.logger.warn(`a listener of ${event.name} failed: ${String(error)}`);
    }
  }
}
