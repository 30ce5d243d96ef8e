import type { Actor } from '../common/origin.js';

/** What each event carries besides its envelope. Never a secret, never a code. */
export interface TwoFactorEventData {
  'two-factor.challenge.required': { state: 'challenge' | 'enrol' };
  'two-factor.challenge.sent': { kind: string; use: 'sign-in' | 'confirm' | 'set-up' };
  'two-factor.challenge.passed': { kind: string };
  'two-factor.challenge.failed': { kind: string; reason: string };
  'two-factor.challenge.skipped': { reason: string };
  'two-factor.challenge.locked': { kind: string; misses: number; until: number };
  'two-factor.factor.enrolled': { kind: string; factorId: string; label: string };
  'two-factor.factor.removed': { kind: string; factorId: string; label: string };
  'two-factor.factor.renamed': { kind: string; factorId: string; label: string };
  'two-factor.enabled': { kind: string };
  'two-factor.disabled': { version: number };
  'two-factor.backup-codes.issued': { left: number };
  'two-factor.backup-codes.used': { left: number };
  'two-factor.backup-codes.running-low': { left: number };
  'two-factor.backup-codes.exhausted': { left: number };
  'two-factor.step-up.passed': { kind: string };
  'two-factor.step-up.failed': { kind: string; reason: string };
  'two-factor.device.trusted': { deviceId: string };
  'two-factor.device.forgotten': { deviceId: string };
  'two-factor.reset': { mode: string; reason: string };
  'two-factor.secrets.resealed': { count: number; key: string };
  'two-factor.alarm': { kind: string; factorId: string; reason: string };
}

/** The name of an event. */
export type TwoFactorEventName = keyof TwoFactorEventData;

/** The catalogue: each event's name, and when it is told. `docs/events.md` lists exactly these. */
export const twoFactorEvents: Readonly<Record<TwoFactorEventName, string>> = {
  'two-factor.challenge.required':
    'The password was right and the login is held until a factor is proved or set up.',
  'two-factor.challenge.sent': 'A code was sent to the owner, to sign in, to confirm or to set up.',
  'two-factor.challenge.passed': 'A held login was answered with a right code.',
  'two-factor.challenge.failed':
    'A held login was answered with a well-formed code that was wrong or already used.',
  'two-factor.challenge.skipped':
    'The password was right and no second factor was asked for, by a skip rule; the reason is its name.',
  'two-factor.challenge.locked': 'A run of misses began a wait for this account; told once for each wait.',
  'two-factor.factor.enrolled': 'A factor was proved and works from now on.',
  'two-factor.factor.removed':
    'A factor was taken away, alone, with others, or because a new one replaced it.',
  'two-factor.factor.renamed': 'The owner gave a factor another name.',
  'two-factor.enabled': 'The account got its first primary factor: sign-in asks for it from now on.',
  'two-factor.disabled': 'The account lost its last primary factor: the password alone signs in again.',
  'two-factor.backup-codes.issued': 'A new set of backup codes was handed out; the older set is void.',
  'two-factor.backup-codes.used': 'A backup code was used up, at sign-in or to confirm.',
  'two-factor.backup-codes.running-low': 'Three or fewer backup codes are left.',
  'two-factor.backup-codes.exhausted': 'The last backup code was used.',
  'two-factor.step-up.passed': 'Somebody signed in confirmed that it is them.',
  'two-factor.step-up.failed': 'Somebody signed in gave a wrong password or code when asked to confirm.',
  'two-factor.device.trusted': 'Whoever signed in said that this browser need not be asked for some days.',
  'two-factor.device.forgotten': 'A trusted browser, or all of them, is asked again.',
  'two-factor.reset': 'Staff or the command line took all factors away.',
  'two-factor.secrets.resealed':
    'An operator’s run brought what is sealed under the first key of the ring; told once it was through.',
  'two-factor.alarm':
    'Stored factor data of a protected account is damaged, missing or of a missing key; it is refused. Told once an hour for each fault.',
};

/** An event as every listener gets it: a stable name, an envelope, and its data. */
export interface TwoFactorEvent<Name extends TwoFactorEventName = TwoFactorEventName> {
  /** Unique and stable over repeated deliveries: keep it, and drop what you have seen. */
  readonly id: string;
  readonly name: Name;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly data: TwoFactorEventData[Name];
}
