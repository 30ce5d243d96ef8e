import type { Actor } from '../common/origin.js';

/** The data of each event, besides its envelope. It never contains a secret or a code. */
export interface TwoFactorEventData {
  'two-factor.challenge.required': { state: 'challenge' | 'enrol' };
  'two-factor.challenge.sent': { kind: string; use: 'sign-in' | 'confirm' | 'set-up' };
  'two-factor.challenge.passed': { kind: string; factorId?: string; label?: string };
  'two-factor.challenge.failed': { kind: string; reason: string; factorId?: string; label?: string };
  'two-factor.challenge.skipped': { reason: string };
  'two-factor.challenge.locked': { kind: string; misses: number; until: number };
  'two-factor.factor.enrolled': { kind: string; factorId: string; label: string; replaced?: string };
  'two-factor.factor.removed': { kind: string; factorId: string; label: string };
  'two-factor.factor.renamed': { kind: string; factorId: string; label: string };
  'two-factor.enabled': { kind: string; factorId?: string; label?: string };
  'two-factor.disabled': { version: number };
  'two-factor.step-up.passed': { kind: string; factorId?: string; label?: string; act?: string };
  'two-factor.step-up.failed': {
    kind: string;
    reason: string;
    factorId?: string;
    label?: string;
    act?: string;
  };
  'two-factor.device.trusted': { deviceId: string };
  'two-factor.device.forgotten': { deviceId: string; reason?: string };
  'two-factor.reset': { mode: string; reason: string; approvedBy?: string };
  'two-factor.unlocked': { reason: string; misses: number };
  'two-factor.brake.started': { cause: string; until: number };
  'two-factor.brake.shortened': { reason: string; approvedBy: string; until: number };
  'two-factor.brake.refused': { act: string; until: number | null };
  'two-factor.secrets.resealed': { count: number; key: string };
  'two-factor.alarm': { kind: string; factorId: string; reason: string };
  'account.locked-down': { event: string; undone: boolean };
  'account.released': { reason: string };
  'two-factor.recovery.requested': { caseId: string; until: number };
  'two-factor.recovery.checked': { caseId: string; check: string; reason?: string };
  'two-factor.recovery.approved': {
    caseId: string;
    approvals: number;
    of: number;
    until: number;
    reason?: string;
  };
  'two-factor.recovery.cancelled': { caseId: string; reason: string; note?: string };
  'two-factor.recovery.completed': { caseId: string };
  'two-factor.factor.checked': { kind: string; passed: boolean; factorId?: string; label?: string };
  'caller.check-started': { checkId: string; agentId: string; agent: string; reason?: string };
  'caller.verified': {
    checkId: string;
    agentId: string;
    agent: string;
    by: string;
    until: number;
    factorId?: string;
    label?: string;
  };
  'caller.denied': { checkId: string; agentId: string; agent: string };
  /** The events of a recovery kind carry its name, e.g. `two-factor.backup-codes.used`. */
  [ofRecovery: `two-factor.${string}.${'issued' | 'used' | 'running-low' | 'exhausted'}`]: { left: number };
}

/** The name of an event. */
export type TwoFactorEventName = keyof TwoFactorEventData;

/** The events that belong to no kind: each name, and when it is emitted. */
export const coreEvents: Readonly<Record<TwoFactorEventName, string>> = {
  'two-factor.challenge.required':
    'The password was right, and the login is pending until a factor is verified or enrolled.',
  'two-factor.challenge.sent': 'A code was sent to the owner for a sign-in, a step-up or an enrollment.',
  'two-factor.challenge.passed': 'The answer to the challenge of a pending login was right.',
  'two-factor.challenge.failed':
    'The answer to the challenge of a pending login was well-formed, but wrong or already used.',
  'two-factor.challenge.skipped':
    'The password was right, and a skip rule suppressed the challenge; the reason is the name of the rule.',
  'two-factor.challenge.locked':
    'A run of misses started a wait for this account; emitted once for each wait.',
  'two-factor.factor.enrolled':
    'A factor was verified and works from now on; `replaced` is the name of the one in whose place it came.',
  'two-factor.factor.removed': 'A factor was removed: alone, with others, or because a new one replaced it.',
  'two-factor.factor.renamed': 'The owner gave a factor another name.',
  'two-factor.enabled': 'The account got its first primary factor; each sign-in asks for it from now on.',
  'two-factor.disabled': 'The account lost its last primary factor; the password alone is enough again.',
  'two-factor.step-up.passed': 'A signed-in user passed a step-up.',
  'two-factor.step-up.failed': 'A signed-in user gave a wrong password or code in a step-up.',
  'two-factor.device.trusted': 'The owner marked this browser as trusted for some days, at a sign-in.',
  'two-factor.device.forgotten':
    'One trusted browser, or all of them, lost the trust; its next sign-in is asked for a factor again.',
  'two-factor.reset':
    'Staff or the command line reset two-factor: turned it off, took all factors for a new set-up, or handed out a code for one sign-in.',
  'two-factor.unlocked':
    'Staff or the command line ended the waits or the full stop after wrong passwords or codes.',
  'two-factor.brake.started':
    'After a change that a thief could have made, dangerous actions wait until the given time, or longer than before.',
  'two-factor.brake.shortened': 'Two people ended this wait early; `until` is its former end.',
  'two-factor.brake.refused':
    'A dangerous action was asked for during this wait, or while the account is frozen; emitted at most once a day for each action.',
  'two-factor.secrets.resealed':
    'A key rotation by an operator is complete: all values are encrypted under the first key of the ring.',
  'two-factor.alarm':
    'Factor data of a protected account is damaged, lost, or under a missing key; the account is refused. Emitted at most once an hour for each fault.',
  'account.locked-down':
    'The owner pressed “This wasn’t me” in a mail: all sessions ended, and what that event had added was taken back.',
  'account.released':
    'A lock-down ended, because the password was set anew by a mailed link, or by staff or the command line.',
  'two-factor.recovery.requested':
    'After a right password somebody without a factor asked the recovery desk for help; a case is open, and the owner gets a mail that cancels it.',
  'two-factor.recovery.checked': 'An agent ticked an item of a recovery case’s checklist.',
  'two-factor.recovery.approved':
    'An agent approved a recovery case; with the last approval it ends by itself when the wait is over.',
  'two-factor.recovery.cancelled':
    'A recovery case was stopped: by the link in the mail, a signed-in session, a sign-in, a change of the account, staff, or time.',
  'two-factor.recovery.completed':
    'A recovery case came to its end: all factors are gone, and the next right password leads to a required set-up.',
  'two-factor.factor.checked':
    'A signed-in user tried whether a factor still works; a recovery code that is tried stays unused.',
  'caller.check-started': 'An agent began to verify a caller, and reads out three words.',
  'caller.verified':
    'The customer confirmed, signed in, that they are on the phone with this agent: by a factor, or only by the session.',
  'caller.denied': 'The customer said that they are not on the phone with this agent.',
};

/** An event as listeners get it: a stable name, an envelope, and its data. */
export interface TwoFactorEvent<Name extends TwoFactorEventName = TwoFactorEventName> {
  /** Unique, and the same in repeated deliveries: store it, and ignore events that you already have. */
  readonly id: string;
  readonly name: Name;
  /** The version of this envelope. */
  readonly version: 1;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly data: TwoFactorEventData[Name];
}
