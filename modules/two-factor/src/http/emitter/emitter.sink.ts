import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { TwoFactorEvent } from '../../core/contracts/events.js';
import { EventSink } from '../../core/contracts/ports/event-sink.js';

/**
 * Tells events in process, to `@OnEvent('two-factor.…')`, where the host has Nest's EventEmitterModule. Best effort:
 * whoever must not lose one writes an `EventSink`.
 */
@Injectable()
export class EmitterSink extends EventSink {
  private readonly logger = new Logger('nestjs-two-factor');

  constructor(private readonly modules: ModuleRef) {
    super();
  }

  take(event: TwoFactorEvent): Promise<void> {
    this.logger.log(`${event.name} account=${event.accountId ?? '-'} id=${event.id}`);
    this.emitter()?.emit(event.name, event);
    return Promise.resolve();
  }

  private emitter(): EventEmitter2 | undefined {
    try {
      return this.modules.get(EventEmitter2, { strict: false });
    } catch {
      // Nest throws where nobody provides one: then nobody listens in process.
      return undefined;
    }
  }
}
