import { createHash } from 'node:crypto';
import type { Account } from '../../core/common/account.js';
import type { SessionVersions } from '../../core/contracts/stores/factor.store.js';

/** The package's data in an express-session. While a login is pending, it contains no principal. */
export interface SessionData {
  readonly accountId: string;
  readonly key: string;
  readonly signedInAt: number;
  /** The version of the account's set of factors when the login began. */
  readonly version: number;
  /** SHA-256 of the account's security stamp then, base64url. */
  readonly stamp: string;
  /** A pending login, and the address that its owner requested. */
  readonly pending?: { readonly id: string; readonly returnTo?: string };
}

/** The hash of an account's security stamp, because a host may derive the stamp from a secret. */
export function storedStamp({ stamp }: Account): string {
  return createHash('sha256').update(stamp).digest('base64url');
}

/**
 * Whether a session with this mark is still valid (ASVS 5.0 7.4.3). It is not after a later change of the account's
 * factors by another session, or under another security stamp. It is not valid either where the set has started again
 * after its rows were lost. A session without a mark began before the package was installed.
 */
export function counts(
  kept: SessionData | undefined,
  account: Account,
  { now, ended }: SessionVersions,
): boolean {
  if (!kept) return ended.version === 0;
  const isKept = ended.keepKey !== null && kept.key === ended.keepKey;
  const isNew = kept.version >= ended.version && kept.version <= now;
  return (isKept || isNew) && kept.stamp === storedStamp(account);
}
