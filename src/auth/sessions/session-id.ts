import { createHash, randomBytes } from 'node:crypto';

/** The id that goes into the cookie: 256 random bits (ASVS 7.2.3 asks for 128). */
export function newSessionId(): string {
  return randomBytes(32).toString('base64url');
}

/** The id of its row: the table alone opens nothing. */
export function rowId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}

/** A session's key; see `SessionRow.key`. */
export function newSessionKey(): string {
  return randomBytes(24).toString('base64url');
}
