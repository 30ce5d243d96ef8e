import { ConfigError } from '../config-error.js';

/** Argon2id cost (RFC 9106), with the option names of @node-rs/argon2. */
export interface PasswordCost {
  /** KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP Password Storage, 2024: m = 19 MiB, t = 2, p = 1. */
const standard: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @throws ConfigError when the text is no valid cost, or in production when it is weaker than the standard. */
export function passwordCost(text: string, production: boolean): PasswordCost {
  if (!text) return standard;
  const [memoryCost, timeCost, parallelism] = parts(text);
  if (!isPossible({ memoryCost, timeCost, parallelism }))
    throw new ConfigError('PASSWORD_HASH is outside the limits of Argon2id (m ≥ 8·p, t ≥ 1, p ≥ 1).');
  if (production && (memoryCost < standard.memoryCost || timeCost < standard.timeCost))
    throw new ConfigError('PASSWORD_HASH must not be weaker than m=19456,t=2,p=1 in production.');
  return { memoryCost, timeCost, parallelism };
}

/** RFC 9106 §3.1; more than 4 GiB is unreasonable for a sign-in. */
function isPossible({ memoryCost, timeCost, parallelism }: PasswordCost): boolean {
  return parallelism >= 1 && timeCost >= 1 && memoryCost >= 8 * parallelism && memoryCost <= 4_194_304;
}

function parts(text: string): [number, number, number] {
  const found = /^m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})$/.exec(text);
  if (!found) throw new ConfigError('PASSWORD_HASH must look like m=19456,t=2,p=1.');
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}
