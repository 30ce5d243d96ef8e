import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';

/** Somebody signed in. */
export interface CurrentSession {
  /** As the database has it at this request. */
  readonly account: Account;
  /** Made when the login began; stays through the new ids of proof and step-up. Never the session id itself. */
  readonly key: string;
  /** When the last gate was passed. UTC ms. */
  readonly signedInAt: number;
}

/** A login whose password was right, waiting for a gate. */
export interface HeldSession {
  /** The id that the gate gave it. */
  readonly id: string;
  readonly account: Account;
  readonly key: string;
  /** What the gate waits for, in its own words. */
  readonly state: string;
  /** The module whose gate holds it. */
  readonly gate: string;
  /** Where the person wanted to go; same site. */
  readonly returnTo: string;
  /** When the password was right. UTC ms. */
  readonly begunAt: number;
}

/** What a request's session stands for. Neither: a visitor, who has no row. */
export interface Standing {
  /** The row's id: SHA-256 of the session id. */
  readonly id: string;
  readonly lastSeenAt: number;
  readonly current?: CurrentSession;
  readonly held?: HeldSession;
}

declare module 'express-session' {
  interface SessionData {
    /** Read from the row with every request; never written back from here. */
    standing: Standing;
  }
}

/** What the session of this request stands for; undefined for visitors. */
export function standing(request: Request): Standing | undefined {
  // Addresses below /assets/ are served without a session.
  return (request.session as Request['session'] | undefined)?.standing;
}

/** Who is signed in on this request; null for visitors and for held logins. Costs no statement. */
export function currentSession(request: Request): CurrentSession | null {
  return standing(request)?.current ?? null;
}

/** The held login of this request, if it is one. Costs no statement. */
export function heldSession(request: Request): HeldSession | null {
  return standing(request)?.held ?? null;
}
