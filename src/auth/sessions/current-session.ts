import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import type { Impersonation } from '../../impersonation/read-impersonation.js';

/** The session of a signed-in person. */
export interface CurrentSession {
  /** As the database has it at the time of this request. */
  readonly account: Account;
  /**
   * Created when the login began; it stays the same when verification or step-up changes the session id. It is never the
   * session id itself.
   */
  readonly key: string;
  /** When the last gate was passed, UTC ms. */
  readonly signedInAt: number;
}

/** A pending login: the password was correct, and a gate still has to be passed. */
export interface PendingSession {
  /** The id that the gate gave it. */
  readonly id: string;
  readonly account: Account;
  readonly key: string;
  /** The gate's own name of the state. */
  readonly state: string;
  /** The module whose gate created the pending login. */
  readonly gate: string;
  /** The destination after the sign-in; an address of this site. */
  readonly returnTo: string;
  /** When the password was verified, UTC ms. */
  readonly begunAt: number;
}

/** The state of a request's session. Neither member: a visitor, who has no row. */
export interface RequestSession {
  /** The row's id: SHA-256 of the session id. */
  readonly id: string;
  readonly lastSeenAt: number;
  readonly current?: CurrentSession;
  readonly pending?: PendingSession;
  /** The client that this person of the staff acts as; `current` stays the person's own. */
  readonly impersonation?: Impersonation | undefined;
}

declare module 'express-session' {
  interface SessionData {
    /** Read from the row with every request; never written back from here. */
    standing: RequestSession;
  }
}

/** The state of this request's session; undefined for visitors. */
export function requestSession(request: Request): RequestSession | undefined {
  // Addresses below /assets/ have no session.
  return (request.session as Request['session'] | undefined)?.standing;
}

/** The session of the signed-in person; null for visitors and pending logins. Runs no statement. */
export function currentSession(request: Request): CurrentSession | null {
  return requestSession(request)?.current ?? null;
}

/** The pending login of this request, if there is one. Runs no statement. */
export function pendingSession(request: Request): PendingSession | null {
  return requestSession(request)?.pending ?? null;
}

/** The client that the signed-in person of the staff acts as; null where there is none. Runs no statement. */
export function impersonationOf(request: Request): Impersonation | null {
  return requestSession(request)?.impersonation ?? null;
}
