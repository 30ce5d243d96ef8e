import type { FactorTools } from '../../core/contracts/factor.js';

/** Options of a host for passkeys and security keys. */
export interface WebAuthnOptions {
  /**
   * The domain they are made for: that of the site or one above it. It can never be changed without making all of them
   * useless. Default: the host name of the first origin.
   */
  readonly rpId: string;
  /** How many an account may have. Default: 10. */
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

function isOf(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
