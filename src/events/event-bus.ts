import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { PortalEvent } from './portal-event.js';

/** Tells in-process listeners (`@OnEvent('…')`) of an event. Best effort: what must not be lost is an `EventKeeper`. */
@Injectable()
export class EventBus {
  private readonly logger = new Logger('EventBus');

  constructor(private readonly emitter: EventEmitter2) {}

  /** Never rejects: a listener's failure is its own. */
  async tell(event: PortalEvent): Promise<void> {
    try {
      await this.emitter.emitAsync(event.name, event);
    } catch (error) {
      this.logger.warn(`a listener of ${event.name} failed: ${String(error)}`);
    }
  }
}
