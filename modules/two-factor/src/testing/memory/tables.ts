import type { AttemptCount } from '../../core/contracts/stores/attempt.store.js';
import type { BrakeRecord } from '../../core/contracts/stores/brake.store.js';
import type { CallerCheck } from '../../core/contracts/stores/desk/caller-check.store.js';
import type { CheckUp } from '../../core/contracts/stores/desk/check-up.store.js';
import type { RecoveryCase } from '../../core/contracts/stores/desk/recovery-case.store.js';
import type { RecordedEvent } from '../../core/contracts/stores/event.store.js';
import type { EndedSessions, FactorSet, StoredFactor } from '../../core/contracts/stores/factor.store.js';
import type { LockDown, StopLink } from '../../core/contracts/stores/lock-down.store.js';
import type { RemovedFactor } from '../../core/contracts/stores/removed-factor.store.js';
import type { Token } from '../../core/contracts/stores/token.store.js';

/** A recorded event and the end of its claim (UTC ms). */
export interface ClaimedEvent extends RecordedEvent {
  readonly claimedUntil: number;
}

/** An account's row: its set, and the version up to which its sessions have ended. */
export interface AccountLine extends FactorSet {
  readonly ended: EndedSessions;
}

/** Rows by id. A row is never changed, only replaced, so copying the maps is a snapshot. */
export class Tables {
  accounts = new Map<string, AccountLine>();
  factors = new Map<string, StoredFactor>();
  tokens = new Map<string, Token>();
  attempts = new Map<string, AttemptCount>();
  events = new Map<string, ClaimedEvent>();
  stopLinks = new Map<string, StopLink>();
  lockDowns = new Map<string, LockDown>();
  removed = new Map<string, RemovedFactor>();
  brakes = new Map<string, BrakeRecord>();
  /** By account and agent. */
  callerChecks = new Map<string, CallerCheck>();
  /** By account. */
  recoveryCases = new Map<string, RecoveryCase>();
  /** By factor. */
  checkUps = new Map<string, CheckUp>();

  /** Takes a snapshot; the returned function restores it. */
  snapshot(): () => void {
    const before = {
      accounts: new Map(this.accounts),
      factors: new Map(this.factors),
      tokens: new Map(this.tokens),
      attempts: new Map(this.attempts),
      events: new Map(this.events),
      stopLinks: new Map(this.stopLinks),
      lockDowns: new Map(this.lockDowns),
      removed: new Map(this.removed),
      brakes: new Map(this.brakes),
      callerChecks: new Map(this.callerChecks),
      recoveryCases: new Map(this.recoveryCases),
      checkUps: new Map(this.checkUps),
    };
    return () => Object.assign(this, before);
  }
}

/** Adds a row. @throws Error when the id is taken. */
export function add<Row extends { readonly id: string }>(rows: Map<string, Row>, row: Row): void {
  if (rows.has(row.id)) throw new Error(`The id ${row.id} is taken.`);
  rows.set(row.id, { ...row });
}
