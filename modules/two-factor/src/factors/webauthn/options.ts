import type {
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { FactorAccount } from '../../core/contracts/factor.js';
import { algorithms } from './ceremony.js';
import type { draftOf, KnownKey, Wanted } from './webauthn.data.js';
import type { RelyingParty } from './webauthn.options.js';

/**
 * The options for the browser at an enrollment (WebAuthn level 3 §5.4). No attestation: the maker of the authenticator does not
 * matter.
 */
export function creationOptions(
  { email, label }: FactorAccount,
  { challenge, verified, userHandle, known }: ReturnType<typeof draftOf>,
  { id, name }: RelyingParty,
  timeout: number,
): PublicKeyCredentialCreationOptionsJSON {
  return {
    rp: { id, name },
    user: { id: userHandle, name: email, displayName: label },
    challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout,
    excludeCredentials: known.map(descriptor),
    authenticatorSelection: { residentKey: 'preferred', userVerification: verification(verified) },
    attestation: 'none',
  };
}

/** The options for the browser at a sign-in (§5.5); without keys, any key of this site is accepted. */
export function requestOptions(
  keys: readonly KnownKey[],
  { challenge, verified }: Wanted,
  { id }: RelyingParty,
  timeout: number,
): PublicKeyCredentialRequestOptionsJSON {
  return {
    challenge,
    rpId: id,
    timeout,
    allowCredentials: keys.map(descriptor),
    userVerification: verification(verified),
  };
}

function verification(verified: boolean): 'required' | 'preferred' {
  return verified ? 'required' : 'preferred';
}

function descriptor({ id, transports }: KnownKey) {
  return { id, type: 'public-key' as const, transports: transports as AuthenticatorTransport[] };
}
