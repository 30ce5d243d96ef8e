import { createHash, createHmac } from 'node:crypto';

/** The address of a seeded account, by its number. */
export function emailOf(number) {
  return `user${String(number).padStart(6, '0')}@example.net`;
}

/** The secret of its authenticator app, in bytes, as `npm run seed` creates it. */
function secretOf(email) {
  return createHash('sha1').update(email).digest();
}

/** The current code (RFC 6238: SHA-1, 6 digits, 30 seconds). */
export function codeOf(email) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', secretOf(email)).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
