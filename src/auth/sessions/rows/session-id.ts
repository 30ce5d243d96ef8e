import { createHash, randomBytes } from 'node:crypto';

/** The id in the cookie: 256 random bits (ASVS 7.2.3 requires 128). */
export function newSessionId(): string {
  return randomBytes(32).toString('base64url');
}

/** The id of its row. It is a hash, so a copy of the table gives no access. */
export function rowId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}

/** A session's key; see `SessionRow.key`. */
export function newSessionKey(): string {
  return randomBytes(24).toString('base64url');
}
