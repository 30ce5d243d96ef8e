import { createHash } from 'node:crypto';

/** How long a mailed link is good for, in milliseconds. */
export const linkLife = 30 * 60_000;

/** Why a link is no good: it was used, is too old, or is none: cut short, replaced, void or made up. */
export type Fate = 'used' | 'old' | 'unknown';

/** When a link was used and until when it is good, UTC ms. */
interface LinkTimes {
  readonly usedAt: number | null;
  readonly expiresAt: number;
}

/** What became of a link that is no good. A void one that is neither used nor old counts as unknown. */
export function fateOf(link: LinkTimes | null, now: number): Fate {
  if (link && link.usedAt !== null) return 'used';
  return link && link.expiresAt <= now ? 'old' : 'unknown';
}

/** SHA-256 of a token, by which its row is found: the token itself is stored nowhere. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
