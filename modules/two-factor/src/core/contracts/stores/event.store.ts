import type { TwoFactorEvent } from '../events.js';
import type { EndedSessions } from './factor.store.js';
import type { StopFacts } from './lock-down.store.js';

/** The side effects of an event. The relay repeats them if a killed process lost them. */
export interface EventSideEffects {
  /** End the account's other sessions; see `LoginSession.endOthers`. */
  readonly endSessions?: EndedSessions;
  /** Clear the host's protection flag, unless the version of the factor set is newer than this one. */
  readonly clearProtectionFlag?: { readonly version: number };
  /** End the host's waits after wrong passwords; see `AccountDirectory.endPasswordWaits`. */
  readonly endPasswordWaits?: boolean;
  /** Take back what the host added with an event, and lead the owner to a new password; see `AccountDirectory.lockedDown`. */
  readonly lockDown?: {
    readonly event: string;
    /** A hash of the address that the link was mailed to. */
    readonly recipient: string;
    readonly undo: StopFacts['undo'] | null;
  };
  /** Mail this template to the owner, below `mail/`. */
  readonly notice?: string;
  /** What the link of this mail takes back. Default: nothing. */
  readonly added?: Pick<StopFacts, 'added' | 'wasOff'>;
}

/** A row of `two_factor_events`: recorded, not yet delivered. */
export interface RecordedEvent {
  readonly event: TwoFactorEvent;
  readonly sideEffects: EventSideEffects;
  /** The number of failed deliveries. */
  readonly tries: number;
}

/** Events that are recorded and not yet delivered. */
export abstract class EventStore {
  /**
   * Records events in the current transaction, in one statement. No other process delivers them before `claimedUntil`
   * (UTC ms). An id that exists already is ignored.
   */
  abstract record(events: readonly RecordedEvent[], claimedUntil: number): Promise<void>;

  /**
   * Returns recorded events whose claim has ended at `now` and which failed fewer than `parkedAt` times. The oldest
   * come first; events of the same moment are sorted by id.
   */
  abstract findDue(now: number, parkedAt: number, limit: number): Promise<readonly RecordedEvent[]>;

  /** Claims one event until `until`; true for exactly one caller. */
  abstract claim(id: string, now: number, until: number): Promise<boolean>;

  /** Deletes delivered events, in one statement. */
  abstract markDelivered(ids: readonly string[]): Promise<void>;

  /** Counts a failed delivery; the event is due again at `again`. */
  abstract markFailed(id: string, again: number): Promise<void>;
}
