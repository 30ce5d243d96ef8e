import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';

/** What a set of backup codes keeps with us. */
export interface BackupCodesData {
  /** 16 random bytes, base64 (ASVS 6.5.2 asks for at least 4); one salt a set, so that an answer costs one hash and not ten. */
  readonly salt: string;
  /** Hashes of the codes still good; base64 of 32 bytes each. */
  readonly hashes: readonly string[];
  /** Hashes of the codes used up, so that a double click is told from a wrong code. */
  readonly usedHashes: readonly string[];
  /** How many codes the set had. */
  readonly of: number;
  /** When it was made. UTC ms. */
  readonly madeAt: number;
}

const wholeSalt = /^[A-Za-z0-9+/]{22}==$/;
const wholeHash = /^[A-Za-z0-9+/]{43}=$/;

/**
 * A stored set.
 * @throws DamagedFactor when anything of it is missing or odd.
 */
export function storedSet(data: FactorData): BackupCodesData {
  const { salt, hashes, usedHashes, of, madeAt } = data;
  if (!isText(salt, wholeSalt) || !isHashes(hashes) || !isHashes(usedHashes) || !Number.isFinite(madeAt)) {
    throw new DamagedFactor('A set of backup codes is damaged.');
  }
  if (hashes.length + usedHashes.length !== of) {
    throw new DamagedFactor('A set of backup codes has lost or gained codes.');
  }
  return { salt, hashes, usedHashes, of, madeAt: madeAt as number };
}

function isHashes(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((hash) => isText(hash, wholeHash));
}

function isText(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}
