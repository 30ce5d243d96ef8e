import { randomBytes } from 'node:crypto';

/** A stamp that no account has had: whatever was begun under the old one is void. */
export function freshStamp(): string {
  return randomBytes(24).toString('base64url');
}
