import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';

/** The stored data of a set of backup codes. */
export interface BackupCodesData {
  /**
   * 16 random bytes, base64 (ASVS 6.5.2 requires at least 4). The whole set has one salt, so that an answer costs one hash and
   * not ten.
   */
  readonly salt: string;
  /** The cost of the hashes: scrypt's N (RFC 7914 §2), a power of two. */
  readonly cost: number;
  /** Hashes of the unused codes; base64 of 32 bytes each. */
  readonly hashes: readonly string[];
  /** Hashes of the used codes; they distinguish a double click from a wrong code. */
  readonly usedHashes: readonly string[];
  /** The original number of codes. */
  readonly of: number;
  /** When the set was created. UTC ms. */
  readonly madeAt: number;
}

const wholeSalt = /^[A-Za-z0-9+/]{22}==$/;
const wholeHash = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The stored set.
 * @throws DamagedFactor when a part is missing or invalid.
 */
export function storedSet(data: FactorData): BackupCodesData {
  // Sets from before the cost was an option have none.
  const { salt, cost = 2 ** 14, hashes, usedHashes, of, madeAt } = data;
  if (
    !isText(salt, wholeSalt) ||
    !isCost(cost) ||
    !isHashes(hashes) ||
    !isHashes(usedHashes) ||
    !Number.isFinite(madeAt)
  ) {
    throw new DamagedFactor('A set of backup codes is damaged.');
  }
  if (hashes.length + usedHashes.length !== of) {
    throw new DamagedFactor('A set of backup codes has lost or gained codes.');
  }
  return { salt, cost, hashes, usedHashes, of, madeAt: madeAt as number };
}

/** A cost above 2^20 would block the portal. */
function isCost(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(Math.log2(value)) && value > 1 && value <= 2 ** 20;
}

function isHashes(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((hash) => isText(hash, wholeHash));
}

function isText(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}
