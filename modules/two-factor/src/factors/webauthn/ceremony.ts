import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Wanted, WebAuthnData } from './webauthn.data.js';
import type { RelyingParty } from './webauthn.options.js';

/** EdDSA, ECDSA with P-256, RSA: the ones every authenticator has one of, the best first (IANA COSE algorithms). */
export const algorithms: readonly number[] = [-8, -7, -257];

type Made = Omit<WebAuthnData, 'userHandle'>;

/** The new key, where the answer is right (WebAuthn level 3 §7.1); else null. */
export async function registered(
  response: RegistrationResponseJSON,
  wanted: Wanted,
  site: RelyingParty,
): Promise<Made | null> {
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

/** What the key said of itself, where the answer is right but for its counter (§7.2); else null. */
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
      // the counter is judged by us: a copied key is told apart from a wrong answer
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

/** Our pages are never framed: an answer made in a frame of another site was made for that site (§13.4.9). */
function isFramed({ response }: { readonly response: { readonly clientDataJSON: string } }): boolean {
  return /"(crossOrigin":\s*true|topOrigin")/.test(
    Buffer.from(response.clientDataJSON, 'base64url').toString(),
  );
}

/** The library says by throwing that an answer is not right, and why; people are told the same of all of it. */
async function verdict<Verification>(verify: () => Promise<Verification>): Promise<Verification | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
