import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { TwoFactorEvent } from '../../core/contracts/events.js';
import { EventSink } from '../../core/contracts/ports/event-sink.js';

/**
 * Emits events in process, to `@OnEvent('two-factor.…')`, where the host has Nest's EventEmitterModule. Delivery is
 * best effort: code that must not lose an event needs an `EventSink`.
 */
@Injectable()
export class EmitterSink extends EventSink {
  private readonly logger = new Logger('nestjs-two-factor');

  constructor(private readonly modules: ModuleRef) {
    super();
  }

  store(event: TwoFactorEvent): Promise<void> {
    this.logger.log(`${event.name} account=${event.accountId ?? '-'} id=${event.id}`);
    this.emitter()?.emit(event.name, event);
    return Promise.resolve();
  }

  private emitter(): EventEmitter2 | undefined {
    try {
      return this.modules.get(EventEmitter2, { strict: false });
    } catch {
      // Nest throws where the host has no emitter; then there are no listeners.
      return undefined;
    }
  }
}
