import { isIP } from 'node:net';
import type { FactorTools } from '../../core/contracts/factor.js';

/** Options of a host for passkeys and security keys. */
export interface WebAuthnOptions {
  /**
   * The domain of the passkeys: the site's own domain or a parent domain. A later change makes all existing passkeys
   * useless. Default: the host name of the first origin.
   */
  readonly rpId: string;
  /** Highest number for one account. Default: 10. */
  readonly most: number;
}

/** The site, as authenticators know it (WebAuthn level 3 §4, Relying Party). */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
}

/** @throws RangeError when there is no origin, or one does not belong to the domain: every answer would be refused. */
export function relyingParty(rpId: string | undefined, { origins, issuer }: FactorTools): RelyingParty {
  const [first] = origins;
  if (first === undefined)
    throw new RangeError('Passkeys need to know the site: name its origins, e.g. https://portal.example.');
  const id = rpId ?? hostOf(first);
  const [own, ...others] = origins.filter((origin) => isOf(hostOf(origin), id));
  if (own !== first)
    throw new RangeError(`The origin ${first} is not of the domain ${id} that passkeys are made for.`);
  return { id, name: issuer, origins: [own, ...others] };
}

/**
 * Why browsers use no passkey at one of the origins (§5.1.3): they need https, except on localhost, and a host name. Undefined
 * when all origins can be used.
 */
export function originFault({ origins }: RelyingParty): string | undefined {
  const unfit = origins.find((origin) => !canUsePasskeys(origin));
  if (unfit === undefined) return undefined;
  return `Passkeys cannot be used at ${unfit}: browsers need https and a host name, or localhost.`;
}

function canUsePasskeys(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false;
  return protocol === 'https:' || isOf(hostname, 'localhost');
}

function isOf(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
