import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';

/** The stored data of an authenticator app. */
export interface TotpData {
  /** Base32 without padding (RFC 4648 §6), 160 bits. */
  readonly secret: string;
  /** The high-water mark: the newest accepted time step; it and all earlier steps are used (RFC 6238 §5.2, ASVS 6.5.1). */
  readonly lastStep: number;
}

const wholeSecret = /^[A-Z2-7]{32}$/;

/**
 * The secret of a draft or of a stored factor.
 * @throws DamagedFactor when it is missing, incomplete or no base32.
 */
export function secretOf(data: FactorData): string {
  const { secret } = data;
  if (typeof secret !== 'string' || !wholeSecret.test(secret)) {
    throw new DamagedFactor('The secret of an authenticator app is missing or damaged.');
  }
  return secret;
}

/**
 * A stored factor's data. Without its mark a used code would work again, so a missing mark counts as damage too.
 * @throws DamagedFactor
 */
export function storedData(data: FactorData): TotpData {
  const { lastStep } = data;
  if (!Number.isSafeInteger(lastStep) || (lastStep as number) < 0) {
    throw new DamagedFactor('The last accepted step of an authenticator app is missing or damaged.');
  }
  return { secret: secretOf(data), lastStep: lastStep as number };
}
