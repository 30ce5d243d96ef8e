import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const length = 32;
/** The cheapest there is: what this host costs to guess is not what its stories are about. */
const cost = { N: 2 };

export function hashed(password: string, salt = randomBytes(16).toString('hex')): string {
  return `${salt}.${scryptSync(password, salt, length, cost).toString('hex')}`;
}

export function isPassword(password: string, hash: string): boolean {
  const [salt] = hash.split('.');
  return timingSafeEqual(Buffer.from(hash), Buffer.from(hashed(password, salt)));
}
