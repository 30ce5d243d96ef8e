import { createHash } from 'node:crypto';
import type { Account } from '../../core/common/account.js';
import type { SessionVersions } from '../../core/contracts/stores/factor.store.js';

/** What the package keeps in an express-session. Never a principal while a login is held. */
export interface Kept {
  readonly accountId: string;
  readonly key: string;
  readonly signedInAt: number;
  /** The version of the account's set of factors when the login began. */
  readonly version: number;
  /** SHA-256 of the account's security stamp then, base64url. */
  readonly stamp: string;
  /** A login that waits for its factor, and the way its owner was going. */
  readonly held?: { readonly id: string; readonly returnTo?: string };
}

/** An account's security stamp as sessions keep it: hashed, since a host may make it of something secret. */
export function keptStamp({ stamp }: Account): string {
  return createHash('sha256').update(stamp).digest('base64url');
}

/**
 * Does a session with this mark still count (ASVS 5.0 7.4.3)? Not after a change of the account's factors that was made elsewhere
 * since it began, nor under another security stamp, nor where the set counts from the beginning again since its rows were lost. A session without a mark began before the package knew of it.
 */
export function counts(kept: Kept | undefined, account: Account, { now, ended }: SessionVersions): boolean {
  if (!kept) return ended.version === 0;
  const isKept = ended.keepKey !== null && kept.key === ended.keepKey;
  const isNew = kept.version >= ended.version && kept.version <= now;
  return (isKept || isNew) && kept.stamp === keptStamp(account);
}
