import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { errorMessage } from '../../error-facts.js';
import { parseKeyRing } from 'typeorm-unit-of-work/encryption';
import type { Environment } from '../environment.js';
import type { Readers } from '../faults.js';
import { keptSecret } from './kept-secret.js';
import { ConfigError } from '../config-error.js';

/** Values that must never be logged. */
export interface Secrets {
  readonly sessionSecret: string;
  readonly twoFactorKeys: string;
}

/**
 * Secrets from the environment. Outside production, missing secrets are generated once and stored in `dataFolder`; null: they are
 * not needed, because the start is refused.
 */
export function secretReaders(
  from: Environment,
  production: boolean,
  dataFolder: string | null,
): Readers<Secrets> {
  const read = (name: string, file: string, make: () => string): string | null => {
    const given = from.secret(name);
    if (given !== null) return given;
    if (production) throw new ConfigError(`${name} or ${name}_FILE must be set in production.`);
    return dataFolder === null ? null : keptSecret(join(dataFolder, file), make);
  };
  return {
    sessionSecret: () => strongSecret(read('SESSION_SECRET', 'session-secret', () => random())),
    twoFactorKeys: () => keyRing(read('TWO_FACTOR_KEYS', 'two-factor-keys', () => `demo:${random()}`)),
  };
}

function random(): string {
  return randomBytes(32).toString('base64');
}

function strongSecret(text: string | null): string {
  if (text === null) return '';
  if (text.length < 32 || new Set(text).size < 12)
    throw new ConfigError('SESSION_SECRET must be random text of at least 32 characters.');
  return text;
}

/** Parses the key ring as its user does. A ring with a short, duplicate or sample key is refused here, in one sentence. */
function keyRing(text: string | null): string {
  if (text === null) return '';
  try {
    parseKeyRing(text);
    return text;
  } catch (cause) {
    throw new ConfigError(`TWO_FACTOR_KEYS cannot be used. ${errorMessage(cause)}`, { cause });
  }
}
