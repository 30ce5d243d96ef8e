import type { FactorRecord, FactorTools } from '../../core/contracts/factor.js';
import { storedData } from './webauthn.data.js';
import type { RelyingParty } from './webauthn.options.js';

/** How often one domain is reported, in ms. */
const REPORT_EVERY = 60_000;

/** The domain of a passkey; a row of an older release has none and counts as made for this site. */
export function domainOf({ data }: FactorRecord, here: string): string {
  return storedData(data).rpId ?? here;
}

/** The other domains that these passkeys were made for. No browser offers them here. */
export function otherDomains(records: readonly FactorRecord[], { id }: RelyingParty): string[] {
  return [...new Set(records.map((record) => domainOf(record, id)))].filter((domain) => domain !== id);
}

/** Tells the operator that the site has another domain than existing passkeys. */
export class MovedSiteReports {
  private readonly reportedAt = new Map<string, number>();

  constructor(private readonly tools: Pick<FactorTools, 'clock' | 'warn'>) {}

  report(domains: readonly string[], { id }: RelyingParty): void {
    const now = this.tools.clock.now();
    for (const domain of domains) {
      if (now - (this.reportedAt.get(domain) ?? -REPORT_EVERY) < REPORT_EVERY) continue;
      this.reportedAt.set(domain, now);
      this.tools.warn?.(
        `Passkeys made for ${domain} cannot be used, because the site is now ${id}. Their owners must use another factor.`,
      );
    }
  }
}
