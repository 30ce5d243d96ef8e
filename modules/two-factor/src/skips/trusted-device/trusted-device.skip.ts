import type { SkipRule } from '../../core/login/skip-rule.js';

/** Longest a browser is trusted, in days. */
const longest = 30;

/** What a host can set about trusted devices. */
export interface TrustedDeviceOptions {
  /** How long a browser is trusted, not extended by use: 1 to 30 days. Default: 30. */
  readonly days?: number;
}

/**
 * Browsers whose owner said at a sign-in that they are trusted. They are told by a token of 256 bits; any change of
 * password, e-mail, role or factors voids it.
 * @throws RangeError for more than 30 days.
 */
export function trustedDevice({ days = longest }: TrustedDeviceOptions = {}): SkipRule {
  if (!Number.isInteger(days) || days < 1 || days > longest)
    throw new RangeError(`trustedDevice: days must be 1 to ${longest}, not ${String(days)}.`);
  return {
    name: 'trusted-device',
    create: ({ devices }) => ({
      applies: (visit) => devices.knows(visit, visit.tokens),
      offers: () => days,
    }),
  };
}
