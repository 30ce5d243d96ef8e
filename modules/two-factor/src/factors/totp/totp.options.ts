/** Digits of a code. Not an option: Google's and Microsoft's apps take only 6. */
export const digits = 6;

/** Length of a time step in seconds (RFC 6238 §5.2 recommends it; not an option for the same reason). */
export const period = 30;

/** Length of a new secret in bytes: 160 bits, the length RFC 4226 §4 recommends. */
export const secretBytes = 20;

/** Up to how many steps away a code still tells how wrong the phone's clock is. It is never accepted for that. */
export const hintSteps = 20;

/** What a host can set about authenticator apps. Every figure can be tightened, none exceeded. */
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
