import { createHash } from 'node:crypto';

/** How long a mailed link is valid, in milliseconds. */
export const linkLife = 30 * 60_000;

/** Why a link is not valid: already used, expired, or unknown (incomplete, replaced, void or invented). */
export type LinkStatus = 'used' | 'old' | 'unknown';

/** When a link was used, and its expiry, in UTC ms. */
interface LinkTimes {
  readonly usedAt: number | null;
  readonly expiresAt: number;
}

/** Returns why a link is not valid. A void link that is neither used nor expired counts as unknown. */
export function linkStatusOf(link: LinkTimes | null, now: number): LinkStatus {
  if (link && link.usedAt !== null) return 'used';
  return link && link.expiresAt <= now ? 'old' : 'unknown';
}

/** SHA-256 of a token, used to find its row. The token itself is not stored. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
