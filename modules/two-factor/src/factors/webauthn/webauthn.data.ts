import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';

/** A key that can answer, as browsers are told of it. */
export interface KnownKey {
  /** The credential id, base64url. */
  readonly id: string;
  /** How it can be reached, e.g. `usb`, `internal`. */
  readonly transports: readonly string[];
}

/** What a passkey or security key keeps with us. */
export interface WebAuthnData extends KnownKey {
  /** Whose it is, as authenticators keep it: base64url of the account's id (WebAuthn level 3 §4, user handle). */
  readonly userHandle: string;
  /** COSE key (RFC 9052 §7), base64url. */
  readonly publicKey: string;
  /** How often it has signed, by its own count; 0 where it does not count (§6.1.1). */
  readonly counter: number;
  /** Can it be copied to other devices, by its maker's service? It never changes (§6.1.3, backup eligibility). */
  readonly portable: boolean;
  /** Is it copied now (§6.1.3, backup state)? */
  readonly synced: boolean;
}

/** What a question, or a set-up, wants of its answer. */
export interface Wanted {
  /** 32 random bytes, base64url (§13.4.3). */
  readonly challenge: string;
  /** Must the authenticator have verified its user, by PIN, finger or face? */
  readonly verified: boolean;
}

/** @throws DamagedFactor */
export function storedData(data: FactorData): WebAuthnData {
  const { id, transports, userHandle, publicKey, counter, portable, synced } = data;
  const whole =
    [id, userHandle, publicKey].every((text) => typeof text === 'string' && text !== '') &&
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

/** What a set-up wants, whose it will be, and the keys that there are already. @throws DamagedFactor */
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
