import { ConfigError } from '../config-error.js';

const standard = 2 ** 14;

/**
 * scrypt's N (RFC 7914 §2) for new hashes of backup codes.
 * @throws ConfigError when the text is no valid cost, or in production when it is less than 2^14.
 */
export function backupCodeCost(text: string, production: boolean): number {
  if (!text) return standard;
  const cost = Number(/^N=(\d{4,7})$/.exec(text)?.[1]);
  if (!Number.isInteger(Math.log2(cost)) || cost < 2 ** 10 || cost > 2 ** 20)
    throw new ConfigError('BACKUP_CODE_HASH must look like N=16384: a power of two from 1024 to 1048576.');
  if (production && cost < standard)
    throw new ConfigError('BACKUP_CODE_HASH must not be weaker than N=16384 in production.');
  return cost;
}
