import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';

/** A key that can answer, as browsers get it. */
export interface KnownKey {
  /** The credential id, base64url. */
  readonly id: string;
  /** The supported transports, e.g. `usb`, `internal`. */
  readonly transports: readonly string[];
}

/** The stored data of a passkey or security key. */
export interface WebAuthnData extends KnownKey {
  /** Its account, as authenticators store it: base64url of the account's id (WebAuthn level 3 §4, user handle). */
  readonly userHandle: string;
  /** The domain that it was made for (§4, RP ID). Absent in rows of an older release: the site's own. */
  readonly rpId?: string;
  /** COSE key (RFC 9052 §7), base64url. */
  readonly publicKey: string;
  /** The authenticator's own count of its signatures; 0 if it does not count (§6.1.1). */
  readonly counter: number;
  /** Whether the key can be copied to other devices by its maker's service. It never changes (§6.1.3, backup eligibility). */
  readonly portable: boolean;
  /** Whether the key is copied now (§6.1.3, backup state). */
  readonly synced: boolean;
}

/** Requirements for the answer to a challenge or an enrollment. */
export interface Wanted {
  /** 32 random bytes, base64url (§13.4.3). */
  readonly challenge: string;
  /** Whether the authenticator must have verified its user, by PIN, finger or face. */
  readonly verified: boolean;
}

/** @throws DamagedFactor */
export function storedData(data: FactorData): WebAuthnData {
  const { id, transports, userHandle, publicKey, counter, portable, synced, rpId = id } = data;
  const whole =
    [id, userHandle, publicKey, rpId].every((text) => typeof text === 'string' && text !== '') &&
    [portable, synced].every((fact) => typeof fact === 'boolean') &&
    isList(transports) &&
    Number.isSafeInteger(counter);
  if (!whole) throw new DamagedFactor('The stored public key is missing or damaged.');
  return data as unknown as WebAuthnData;
}

/** @throws DamagedFactor */
export function wantedOf({ challenge, verified }: FactorData): Wanted {
  if (typeof challenge !== 'string' || typeof verified !== 'boolean')
    throw new DamagedFactor('What was asked of a passkey is missing or damaged.');
  return { challenge, verified };
}

/**
 * The requirements of an enrollment, the account of the key, and the existing keys.
 * @throws DamagedFactor
 */
export function draftOf(
  data: FactorData,
): Wanted & { readonly userHandle: string; readonly known: readonly KnownKey[] } {
  const { userHandle, known } = data;
  if (typeof userHandle !== 'string' || !Array.isArray(known))
    throw new DamagedFactor('The draft of a passkey is missing or damaged.');
  return { ...wantedOf(data), userHandle, known: known as readonly KnownKey[] };
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
