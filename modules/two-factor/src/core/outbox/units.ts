import { Injectable } from '@nestjs/common';
import { keptOrigin } from '../common/column-text.js';
import { eventId } from '../common/event-id.js';
import type { TwoFactorEventData, TwoFactorEventName } from '../contracts/events.js';
import { CLAIM, HandOver } from './hand-over.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { FollowUp, RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** Tells an event of one account, in the unit at hand. */
export type Tell = <Name extends TwoFactorEventName>(
  name: Name,
  data: TwoFactorEventData[Name],
  followUp?: FollowUp & { readonly id?: string },
) => void;

/** Whose events, null for nobody's, and from where they come. */
export interface Whereabouts<AccountId extends string | null = string> {
  readonly accountId: AccountId;
  readonly origin: Origin;
}

/** Units of work that tell events: recorded with the change or not at all, handed over after the commit. */
@Injectable()
export class Units {
  constructor(
    private readonly stores: Stores,
    private readonly handOver: HandOver,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` as one unit; a change whose event cannot be written does not happen. Throwing rolls back. */
  async run<T>(
    where: Whereabouts<string | null>,
    work: (stores: Stores, tell: Tell) => Promise<T>,
  ): Promise<T> {
    let told: RecordedEvent[] = [];
    const result = await this.stores.together(async (stores) => {
      told = [];
      const done = await work(stores, (name, data, { id, ...followUp } = {}) => {
        const at = this.clock.now();
        const event = { ...envelope(where), id: id ?? eventId(at, told.length), name, at, data };
        told.push({ event, followUp, tries: 0 });
      });
      if (told.length > 0) await stores.events.record(told, this.clock.now() + CLAIM);
      return done;
    });
    this.handOver.soon(told);
    return result;
  }
}

function envelope({ accountId, origin }: Whereabouts<string | null>) {
  const { actor, ip, userAgent, requestId } = keptOrigin(origin);
  return { accountId, actor, ip, userAgent, requestId };
}
