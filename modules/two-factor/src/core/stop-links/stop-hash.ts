import { createHash } from 'node:crypto';

/** SHA-256 of a token, which is not stored itself. Base64url. */
export function tokenId(token: string): string {
  return hash(token);
}

/** The same for every link of one event of one account. */
export function eventKey(accountId: string, eventId: string): string {
  return hash(JSON.stringify([accountId, eventId]));
}

/** A hash of a mail address, so that it can be compared without being stored. */
export function recipientOf(email: string): string {
  return hash(email.trim().toLowerCase());
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
