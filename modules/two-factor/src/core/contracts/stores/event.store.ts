import type { TwoFactorEvent } from '../events.js';

/** Which sessions of an account end, see `LoginSession.endOthers`. */
export interface EndSessions {
  readonly keepKey: string | null;
  /** Of the account's set of factors after the change. */
  readonly version: number;
}

/** What must follow an event, besides telling it: done again by the hand-over if a kill lost it. */
export interface EventSideEffects {
  /** End the account's other sessions. */
  readonly endSessions?: EndSessions;
  /** Lower the host's marker of protected accounts, unless the account's set is newer than this version. */
  readonly clearProtectionFlag?: { readonly version: number };
  /** Mail the owner this template, below `mail/`. */
  readonly notice?: string;
}

/** A row of `two_factor_events`: recorded, not yet handed over. */
export interface RecordedEvent {
  readonly event: TwoFactorEvent;
  readonly sideEffects: EventSideEffects;
  /** How often the hand-over was refused. */
  readonly tries: number;
}

/** Events recorded and not yet handed over. */
export abstract class EventStore {
  /**
   * Records events in the unit at hand; one statement. Nobody else hands them over before `claimedUntil` (UTC ms). An
   * id recorded before is left alone.
   */
  abstract record(events: readonly RecordedEvent[], claimedUntil: number): Promise<void>;

  /** Recorded events whose claim has ended at `now` with fewer than `parkedAt` refusals, oldest first, those of one moment by id. */
  abstract findDue(now: number, parkedAt: number, limit: number): Promise<readonly RecordedEvent[]>;

  /** Claims one until `until`: true for exactly one caller. */
  abstract claim(id: string, now: number, until: number): Promise<boolean>;

  /** Handed over: the rows go. One statement. */
  abstract markDelivered(ids: readonly string[]): Promise<void>;

  /** Refused: counted, and due again at `again`. */
  abstract markFailed(id: string, again: number): Promise<void>;
}
