import { Injectable } from '@nestjs/common';
import { keptOrigin } from '../common/column-text.js';
import { eventId } from '../common/event-id.js';
import type { TwoFactorEvent, TwoFactorEventData, TwoFactorEventName } from '../contracts/events.js';
import { CLAIM, OutboxRelay } from './outbox-relay.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { EventSideEffects, RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** Records an event of one account in the current transaction. */
export type Emit = <Name extends TwoFactorEventName>(
  name: Name,
  data: TwoFactorEventData[Name],
  sideEffects?: EventSideEffects & { readonly id?: string },
) => void;

/** The account of the events, null where they belong to none, and their origin. */
export interface EventContext<AccountId extends string | null = string> {
  readonly accountId: AccountId;
  readonly origin: Origin;
}

/** Transactions with events. The events are stored with the change or not at all, and delivered after the commit. */
@Injectable()
export class Transactions {
  constructor(
    private readonly stores: Stores,
    private readonly outboxRelay: OutboxRelay,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in one transaction. An event that cannot be stored rolls the change back, and so does an error. */
  async run<T>(
    where: EventContext<string | null>,
    work: (stores: Stores, emit: Emit) => Promise<T>,
  ): Promise<T> {
    let told: RecordedEvent[] = [];
    const result = await this.stores.transaction(async (stores) => {
      told = [];
      const done = await work(stores, (name, data, { id, ...sideEffects } = {}) => {
        const { actor, ip, userAgent, requestId } = keptOrigin(where.origin);
        const { accountId } = where;
        const at = this.clock.now();
        const uniqueId = id ?? eventId(at, told.length);
        const event: TwoFactorEvent = {
          id: uniqueId,
          name,
          version: 1,
          at,
          accountId,
          actor,
          ip,
          userAgent,
          requestId,
          data,
        };
        told.push({ event, sideEffects, tries: 0 });
      });
      if (told.length > 0) await stores.events.record(told, this.clock.now() + CLAIM);
      return done;
    });
    this.outboxRelay.enqueue(told);
    return result;
  }
}
