import type { PrimaryFactor } from '../../core/contracts/factor.js';
import { MovedSiteReports } from './moved-site.js';
import { Passkeys } from './passkeys.js';
import { assertionOf } from './response.js';
import { WebAuthnForm } from './webauthn.dto.js';
import { relyingParty, type WebAuthnOptions } from './webauthn.options.js';

/** How long an authenticator may take, also at an enrollment: 5 minutes. */
const PATIENCE = 5 * 60_000;

/**
 * Passkeys and security keys (WebAuthn level 3) as a second factor. If the module's `passwordless` allows it, they also replace
 * the password.
 * @throws RangeError at start, when the site's origins are missing or do not belong to the domain.
 */
export function webauthn({ rpId, most = 10 }: Partial<WebAuthnOptions> = {}): PrimaryFactor {
  return {
    kind: 'webauthn',
    role: 'primary',
    multiple: true,
    max: most,
    guessable: false,
    draftTtlMs: PATIENCE,
    matches: (text) => assertionOf(text) !== null,
    form: WebAuthnForm,
    create: (tools) =>
      new Passkeys(
        relyingParty(rpId, tools),
        { strict: tools.strict, timeout: PATIENCE },
        new MovedSiteReports(tools),
      ),
  };
}
