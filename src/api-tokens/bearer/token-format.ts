import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The beginning of each token, by which scanners for secrets find it. */
export const tokenPrefix = 'clientarea_';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is more than 2^256. */
const secretLength = 43;
/** 62^6 is more than 2^32. */
const checksumLength = 6;
const shape = new RegExp(`^${tokenPrefix}[0-9A-Za-z]{${secretLength + checksumLength}}$`);

/** Returns a new token: the prefix, 256 random bits and their CRC-32, both in base 62. */
export function newToken(): string {
  const secret = inBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength);
  return tokenPrefix + secret + checksumOf(secret);
}

/**
 * Returns whether the text has the shape and the checksum of a token. A mistyped or shortened token is refused without the
 * database, and a scanner has no false alarms. The checksum is no protection: anybody can compute it.
 */
export function isWellFormedToken(text: string): boolean {
  if (!shape.test(text)) return false;
  const secret = text.slice(tokenPrefix.length, -checksumLength);
  return text.endsWith(checksumOf(secret));
}

/**
 * The form in which a token is stored. A fast hash is enough for 256 random bits: they cannot be guessed (NIST SP 800-63B-4
 * §3.1.2.2 asks for a salted and slow hash only below 112 bits).
 */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The last characters, by which the owner recognizes a token in the list: part of the checksum, so nothing of the secret. */
export function endingOf(token: string): string {
  return token.slice(-4);
}

function checksumOf(secret: string): string {
  return inBase62(BigInt(crc32(secret)), checksumLength);
}

function inBase62(value: bigint, length: number): string {
  let [rest, text] = [value, ''];
  while (text.length < length) {
    text = digits.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
