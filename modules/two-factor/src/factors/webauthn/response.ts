import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Wanted } from './webauthn.data.js';

/** The longest accepted answer, in characters of JSON: a body has at most 16 kB. */
export const longestResponse = 16_384;

/** A credential id has at most 1023 bytes (WebAuthn level 3 §7.1 step 25). */
const longestId = Math.ceil((1023 * 4) / 3);

type Parts = Readonly<Record<string, unknown>>;

/** Parses the answer to a challenge; null if it does not have the shape of one. */
export function assertionOf(text: unknown): AuthenticationResponseJSON | null {
  return read(text, ['clientDataJSON', 'authenticatorData', 'signature'], ['userHandle']);
}

/** Parses the answer to an enrollment; null if it does not have the shape of one. */
export function attestationOf(text: unknown): RegistrationResponseJSON | null {
  return read(text, ['clientDataJSON', 'attestationObject'], []);
}

/**
 * Returns whether the answer names another challenge than the expected one. An answer without a readable challenge does not
 * come from a browser; the verifier refuses it.
 */
export function isOfAnother(
  answer: AuthenticationResponseJSON | RegistrationResponseJSON | null,
  wanted: Pick<Wanted, 'challenge'>,
): boolean {
  const said = answer?.response.clientDataJSON ?? '';
  const challenge = parsed(Buffer.from(said, 'base64url').toString())?.['challenge'];
  return typeof challenge === 'string' && challenge !== wanted.challenge;
}

/** Keeps only the members that are checked later. All other members are dropped. */
function read<VerificationResult extends AuthenticationResponseJSON | RegistrationResponseJSON>(
  text: unknown,
  needed: readonly string[],
  optional: readonly string[],
): VerificationResult | null {
  const answer = parsed(text);
  if (!answer || !isCredential(answer)) return null;
  // A value that is no object has none of the members.
  const response: Parts = { ...(answer['response'] as Parts) };
  const given = optional.filter((name) => response[name] !== undefined && response[name] !== null);
  const names = [...needed, ...given];
  if (!names.every((name) => isBase64Url(response[name]))) return null;
  const { id } = answer;
  const kept = { ...pick(response, names), transports: transportsOf(response['transports']) };
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: kept,
    clientExtensionResults: {},
  } as VerificationResult;
}

function isCredential({ id, rawId, type }: Parts): boolean {
  return type === 'public-key' && isBase64Url(id) && id.length <= longestId && rawId === id;
}

/** Hints for the browser's next challenge; unknown names of future transports are kept too. */
function transportsOf(given: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return list
    .filter((name): name is string => typeof name === 'string' && /^[a-z-]{1,32}$/.test(name))
    .slice(0, 8);
}

function parsed(text: unknown): Parts | null {
  if (typeof text !== 'string' || text.length > longestResponse) return null;
  try {
    return JSON.parse(text) as Parts | null;
  } catch {
    return null;
  }
}

function pick(from: Parts, names: readonly string[]): Parts {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function isBase64Url(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}
