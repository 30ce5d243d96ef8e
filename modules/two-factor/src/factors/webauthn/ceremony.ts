import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Wanted, WebAuthnData } from './webauthn.data.js';
import type { RelyingParty } from './webauthn.options.js';

/**
 * EdDSA, ECDSA with P-256, RSA: every authenticator supports at least one of them. The best comes first (IANA COSE algorithms).
 */
export const algorithms: readonly number[] = [-8, -7, -257];

type VerifiedCredential = Omit<WebAuthnData, 'userHandle'>;

/** The new key if the answer is valid (WebAuthn level 3 §7.1); else null. */
export async function registered(
  response: RegistrationResponseJSON,
  wanted: Wanted,
  site: RelyingParty,
): Promise<VerifiedCredential | null> {
  if (isFramed(response)) return null;
  const verification = await verdict(() =>
    verifyRegistrationResponse({
      ...expected(wanted, site),
      response,
      supportedAlgorithmIDs: [...algorithms],
    }),
  );
  if (!verification?.verified) return null;
  const { credential, credentialDeviceType, credentialBackedUp } = verification.registrationInfo;
  const key = { id: credential.id, transports: response.response.transports ?? [] };
  const publicKey = Buffer.from(credential.publicKey).toString('base64url');
  const portable = credentialDeviceType === 'multiDevice';
  return { ...key, publicKey, counter: credential.counter, portable, synced: credentialBackedUp };
}

/** The authenticator's data if the answer is valid except for its counter (§7.2); else null. */
export async function asserted(
  response: AuthenticationResponseJSON,
  { id, publicKey }: WebAuthnData,
  wanted: Wanted,
  site: RelyingParty,
): Promise<Pick<WebAuthnData, 'counter' | 'portable' | 'synced'> | null> {
  if (isFramed(response)) return null;
  const verification = await verdict(() =>
    verifyAuthenticationResponse({
      ...expected(wanted, site),
      response,
      // we check the counter ourselves: a copied key must be distinguished from a wrong answer
      credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: 0 },
    }),
  );
  if (!verification?.verified) return null;
  const { newCounter, credentialDeviceType, credentialBackedUp } = verification.authenticationInfo;
  return {
    counter: newCounter,
    portable: credentialDeviceType === 'multiDevice',
    synced: credentialBackedUp,
  };
}

function expected({ challenge, verified }: Wanted, { id, origins }: RelyingParty) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: id,
    requireUserVerification: verified,
  };
}

/** Our pages are never framed, so an answer from a frame was made for another site (§13.4.9). */
function isFramed({ response }: { readonly response: { readonly clientDataJSON: string } }): boolean {
  return /"(crossOrigin":\s*true|topOrigin")/.test(
    Buffer.from(response.clientDataJSON, 'base64url').toString(),
  );
}

/** The library throws when an answer is not valid, with the reason. People get the same message for all reasons. */
async function verdict<Verification>(verify: () => Promise<Verification>): Promise<Verification | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
