import type { Account } from '../../common/account.js';

/** The host's request object; the core only passes it through. */
export type HostRequest = object;

/** A signed-in session. */
export interface CurrentSession {
  readonly account: Account;
  /**
   * Created when a login begins. It stays the same when the session id changes, and it is never the session id itself.
   */
  readonly key: string;
  /** When the last gate admitted the login. UTC ms. */
  readonly signedInAt: number;
}

/** The account at the moment when the login was verified, or when its password was right. */
export interface ProvedLogin {
  readonly account: Account;
  /** The version of its factor set at that moment; see `LoginSession.endOthers`. */
  readonly version: number;
}

/** A login with the right password that waits for its factor. */
export interface PendingLogin extends ProvedLogin {
  readonly id: string;
  readonly accountId: string;
  /** `challenge`: the person must prove a factor. `enrol`: the person must set one up first. */
  readonly state: 'challenge' | 'enrol';
  readonly expiresAt: number;
}

/** A pending login as the host's session stores it. */
export interface PendingLoginRef {
  readonly id: string;
  readonly accountId: string;
  /** The key that `hold` returned. */
  readonly key: string;
  /** The account, where the host has loaded it for this request; else the directory is asked. */
  readonly account?: Account;
}

/** The result of a completed login: signed in, or pending at the host's next gate. Both contain the next address. */
export interface Completed {
  readonly status: 'signed-in' | 'pending';
  readonly to: string;
}

/** The host's sessions, as far as the module needs them. */
export abstract class LoginSession {
  /** Returns the signed-in session of this request; null for visitors and for pending logins. */
  abstract current(request: HostRequest): Promise<CurrentSession | null>;

  /** Stores a pending login under a new session id and a new key, without signing in. Returns the key. */
  abstract hold(request: HostRequest, pending: PendingLogin): Promise<string>;

  /** Returns the pending login of this request, as `hold` stored it. */
  abstract pending(request: HostRequest): Promise<PendingLoginRef | null>;

  /**
   * Continues the pending login of this request after its factor was verified. It runs the host's remaining gates and
   * then creates a session with a new id and the same key.
   */
  abstract completeLogin(request: HostRequest): Promise<Completed>;

  /**
   * Gives the signed-in session a new id after a step-up (ASVS 5.0 7.2.4). The session itself continues. `current`
   * should return it in the rest of the request too, because the confirmed action is carried out there.
   */
  abstract renew(request: HostRequest): Promise<void>;

  /** Drops the pending login of this request. No one is signed in afterwards; returns the address of the sign-in page. */
  abstract abandon(request: HostRequest): Promise<string>;

  /**
   * Signs in a person who proved both factors at once. It runs every gate of the host; this module's gate admits the
   * request. A change after the proof must end the session. `returnTo`: the address that the person requested. Only for
   * hosts that use `passwordless`.
   */
  begin?(request: HostRequest, proved: ProvedLogin, returnTo?: string): Promise<Completed>;

  /**
   * Called when the gate admits a login without a challenge, before the host creates the session. `version`: the
   * version of the factor set that the gate read, for sessions that are compared with it later. Without this method the
   * host stores a version of its own.
   */
  admitted?(request: HostRequest, account: Account, version: number): void;

  /**
   * Returns whether the session of this request is still valid. It signs the request out where the session has ended.
   * It is called for every request, before the host's guards and again after them. Without this method the host
   * compares by itself; see `endOthers`.
   */
  check?(request: HostRequest): Promise<boolean>;

  /**
   * Called after this session changed its own password or e-mail address. The session continues under the account's new
   * security stamp. Without this method the host does that by itself.
   */
  keep?(request: HostRequest): Promise<void>;

  /**
   * Ends every session and pending login of the account except the one with `keepKey`, wherever they are stored.
   * Compare versions at each request; do not list sessions, and do not compare times, which differ between machines.
   * `version`: the version of the factor set after the change. The method is called at least once; a version that is
   * not newer than the newest one seen ends no further session.
   */
  abstract endOthers(accountId: string, keepKey: string | null, version: number): Promise<void>;
}
