import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { errorMessage } from '../error-facts.js';
import { parseKeyRing } from 'typeorm-unit-of-work/encryption';
import type { Environment } from './environment.js';
import { keptSecret } from './kept-secret.js';
import { ConfigRefused } from './refused.js';

/** What must never be logged. */
export interface Secrets {
  readonly sessionSecret: string;
  readonly twoFactorKeys: string;
}

/** Secrets from the environment; outside production those that are missing are generated once and kept. */
export function readSecrets(from: Environment, production: boolean, dataFolder: string): Secrets {
  const read = (name: string, file: string, make: () => string) => {
    const given = from.secret(name);
    if (given !== null) return given;
    if (production) throw new ConfigRefused(`${name} or ${name}_FILE must be set in production.`);
    return keptSecret(join(dataFolder, file), make);
  };
  return {
    sessionSecret: strongSecret(read('SESSION_SECRET', 'session-secret', () => random())),
    twoFactorKeys: keyRing(read('TWO_FACTOR_KEYS', 'two-factor-keys', () => `demo:${random()}`)),
  };
}

function random(): string {
  return randomBytes(32).toString('base64');
}

function strongSecret(text: string): string {
  if (text.length < 32 || new Set(text).size < 12)
    throw new ConfigRefused('SESSION_SECRET must be random text of at least 32 characters.');
  return text;
}

/** As whoever seals with it reads it: a ring that is short, a sample or doubled is refused here, in one sentence. */
function keyRing(text: string): string {
  try {
    parseKeyRing(text);
    return text;
  } catch (cause) {
    throw new ConfigRefused(`TWO_FACTOR_KEYS cannot be used. ${errorMessage(cause)}`, { cause });
  }
}
