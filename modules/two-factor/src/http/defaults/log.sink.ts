import { Injectable, Logger } from '@nestjs/common';
import type { TwoFactorEvent } from '../../core/contracts/events.js';
import { EventSink } from '../../core/contracts/ports/event-sink.js';

/** One line of the log for each event, without its data: for hosts that keep no events elsewhere. */
@Injectable()
export class LogSink extends EventSink {
  private readonly logger = new Logger('nestjs-two-factor');

  take({ name, accountId, id }: TwoFactorEvent): Promise<void> {
    this.logger.log(`${name} account=${accountId ?? '-'} id=${id}`);
    return Promise.resolve();
  }
}
