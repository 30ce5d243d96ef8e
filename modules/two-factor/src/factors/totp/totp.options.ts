/** Digits of a code. Not an option: Google's and Microsoft's apps take only 6. */
export const digits = 6;

/** Length of a time step in seconds, recommended by RFC 6238 §5.2. It is no option for the same reason. */
export const period = 30;

/** Length of a new secret in bytes: 160 bits, the length that RFC 4226 §4 recommends. */
export const secretBytes = 20;

/** Up to this many steps, a code shows how wrong the phone's clock is. Such a code is never accepted. */
export const hintSteps = 20;

/** Options of a host for authenticator apps. Every value can be made stricter, but not weaker. */
export class TotpOptions {
  /** The provider's name in the app; a ':' is removed. Default: the module's `issuer`. */
  issuer?: string;

  /** How many past steps are accepted: 0 or 1 (RFC 6238 §5.2 allows at most one). Default: 1. */
  stepsBack = 1;

  /** How many future steps are accepted, for clocks that run fast: 0 or 1. Default: 1; 0 under `strict`. */
  stepsAhead = 1;
}

/**
 * The options with their defaults.
 * @throws RangeError for a window wider than one step to each side.
 */
export function totpOptions(given: Partial<TotpOptions> = {}): TotpOptions {
  const options = Object.assign(new TotpOptions(), given);
  for (const name of ['stepsBack', 'stepsAhead'] as const) {
    if (options[name] !== 0 && options[name] !== 1) {
      throw new RangeError(`totp: ${name} must be 0 or 1, not ${String(options[name])}.`);
    }
  }
  return options;
}
