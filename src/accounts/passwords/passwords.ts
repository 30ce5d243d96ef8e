import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Config } from '../../config.js';
import { HashPool } from './hash-pool.js';

/** Minimum and maximum length of a password, in characters after NFKC (NIST SP 800-63B-4 §3.1.1.2). */
export const passwordLength = { min: 8, max: 128 } as const;

/** Returns whether the length of the password is allowed. */
export function acceptablePassword(password: string): boolean {
  const characters = [...password.normalize('NFKC')].length;
  return characters >= passwordLength.min && characters <= passwordLength.max;
}

/** Hashes and verifies passwords with Argon2id; the pool limits how many run at once. */
@Injectable()
export class Passwords {
  /** Compared when there is no account, so that an unknown address costs the same time as a known one (ASVS 6.3.8). */
  private decoy?: Promise<string>;

  constructor(
    private readonly config: Config,
    private readonly pool: HashPool,
  ) {}

  /** @throws HashPoolFull */
  hash(password: string): Promise<string> {
    return this.pool.run(() => hash(password.normalize('NFKC'), this.config.passwordHash));
  }

  /**
   * Verifies the password against the hash. With null the same work is done and the result is false.
   * @throws HashPoolFull
   */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const compared = stored ?? (await this.decoyHash());
    const same = await this.pool.run(() => verify(compared, password.normalize('NFKC')));
    return same && stored !== null;
  }

  /** Returns whether the hash was made with another cost than the configured one. */
  outdated(stored: string): boolean {
    const made = parseOptions(stored);
    const { memoryCost, timeCost, parallelism } = this.config.passwordHash;
    return made.memoryCost !== memoryCost || made.timeCost !== timeCost || made.parallelism !== parallelism;
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(16).toString('hex')).catch((error: unknown) => {
      this.decoy = undefined;
      throw error;
    });
    return this.decoy;
  }
}
