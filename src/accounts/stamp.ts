import { randomBytes } from 'node:crypto';

/** Returns a stamp that no account has had. Everything that was begun under the old stamp is void. */
export function freshStamp(): string {
  return randomBytes(24).toString('base64url');
}
