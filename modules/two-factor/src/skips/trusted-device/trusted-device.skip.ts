import type { SkipRule } from '../../core/login/skip-rule.js';

/** Longest trust of a browser, in days. */
const longest = 30;

/** Options of a host for trusted devices. */
export interface TrustedDeviceOptions {
  /** How long a browser is trusted, not extended by use: 1 to 30 days. Default: 30. */
  readonly days?: number;
}

/**
 * Skips the factor in browsers that their owner trusted at a sign-in. A token of 256 bits identifies the browser; any change of
 * password, e-mail, role or factors voids it.
 * @throws RangeError for more than 30 days.
 */
export function trustedDevice({ days = longest }: TrustedDeviceOptions = {}): SkipRule {
  if (!Number.isInteger(days) || days < 1 || days > longest)
    throw new RangeError(`trustedDevice: days must be 1 to ${longest}, not ${String(days)}.`);
  return {
    name: 'trusted-device',
    applies: (login) => login.isTrustedDevice(),
    offers: () => days,
  };
}
