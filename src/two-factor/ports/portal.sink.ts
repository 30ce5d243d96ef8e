import { Injectable } from '@nestjs/common';
import { EventSink, type TwoFactorEvent } from 'nestjs-two-factor';
import { Audit } from '../../audit/audit.service.js';
import { EventBus } from '../../events/event-bus.js';

/** Adapter: stores the module's events in the audit log, then emits them to in-process listeners. */
@Injectable()
export class PortalSink extends EventSink {
  constructor(
    private readonly audit: Audit,
    private readonly bus: EventBus,
  ) {
    super();
  }

  store(event: TwoFactorEvent): Promise<void> {
    return this.storeAll([event]);
  }

  override async storeAll(events: readonly TwoFactorEvent[]): Promise<void> {
    const kept = events.map((event) => ({ ...event, data: { ...event.data } }));
    await this.audit.handleAll(kept);
    for (const event of kept) await this.bus.publish(event);
  }
}
