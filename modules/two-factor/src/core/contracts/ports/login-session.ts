import type { Account } from '../../common/account.js';

/** The host's request object; the core only passes it through. */
export type HostRequest = object;

/** Somebody signed in. */
export interface CurrentSession {
  readonly account: Account;
  /** Made when a login begins; survives the new ids of proof and step-up; never the session id itself. */
  readonly key: string;
  /** When the last gate was passed. UTC ms. */
  readonly signedInAt: number;
}

/** An account as it was when a login was proved, or when its password was right. */
export interface ProvedLogin {
  readonly account: Account;
  /** The version of its set of factors then; see `LoginSession.endOthers`. */
  readonly version: number;
}

/** A login whose password was right, waiting for its factor. */
export interface PendingLogin extends ProvedLogin {
  readonly id: string;
  readonly accountId: string;
  /** `challenge`: must prove a factor. `enrol`: must set one up first. */
  readonly state: 'challenge' | 'enrol';
  readonly expiresAt: number;
}

/** A held login, as the host's session of it says. */
export interface PendingLoginRef {
  readonly id: string;
  readonly accountId: string;
  /** The key that `hold` answered. */
  readonly key: string;
  /** Its account as it stands at this request, where the host has read it along; else the directory is asked. */
  readonly account?: Account;
}

/** What came of completing: signed in, or held by the host's next gate. Both say where to go. */
export interface Completed {
  readonly status: 'signed-in' | 'pending';
  readonly to: string;
}

/** The host's sessions, as far as the module needs them. */
export abstract class LoginSession {
  /** Who is signed in on this request; null for visitors and for held logins. */
  abstract current(request: HostRequest): Promise<CurrentSession | null>;

  /** Parks a login: new session id, new key, no principal. Answers the key. */
  abstract hold(request: HostRequest, pending: PendingLogin): Promise<string>;

  /** The held login of this request, as `hold` was given it. */
  abstract pending(request: HostRequest): Promise<PendingLoginRef | null>;

  /**
   * Continues the pending login of this request after its factor was verified: the host's remaining gates, then a session
   * with a new id and the same key.
   */
  abstract completeLogin(request: HostRequest): Promise<Completed>;

  /** Gives the session of a signed-in person a new id, after a step-up (ASVS 5.0 7.2.4). The session itself goes on. */
  abstract renew(request: HostRequest): Promise<void>;

  /** Drops the pending login of this request. No one is signed in afterwards; returns the address of the sign-in page. */
  abstract abandon(request: HostRequest): Promise<string>;

  /**
   * Signs a person in who proved both factors at once, through every gate of the host: this module's lets this request
   * through. The session must end with a change that was made since the proof. `returnTo`: where they wanted to go. Only for hosts
   * whose `passwordless` invites anybody.
   */
  begin?(request: HostRequest, proved: ProvedLogin, returnTo?: string): Promise<Completed>;

  /**
   * The gate lets this login through without holding it; the host makes its session next. `version`: of the account's set of
   * factors, as the gate saw it. For sessions that are compared with that later; left out, the host keeps a version of its own.
   */
  admitted?(request: HostRequest, account: Account, version: number): void;

  /**
   * Does the session of this request still count? Where it has ended: signs the request out, and answers false. Called for every request,
   * in front of the host's guards and again behind them. Left out: the host compares by itself; see `endOthers`.
   */
  check?(request: HostRequest): Promise<boolean>;

  /**
   * After a change of password or e-mail that this request's session made itself: it goes on under the account's new security
   * stamp. Left out: the host sees to that by itself.
   */
  keep?(request: HostRequest): Promise<void>;

  /**
   * Ends every session and held login of the account but the one with `keepKey`, wherever they are stored: compare versions
   * at each request, do not list sessions and do not compare times, which differ between machines. `version`: of the
   * account's set of factors after the change. Called at least once: a call with a version that is not newer than the
   * newest one seen ends nothing more.
   */
  abstract endOthers(accountId: string, keepKey: string | null, version: number): Promise<void>;
}
