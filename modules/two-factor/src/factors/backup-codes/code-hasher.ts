import { scrypt } from 'node:crypto';
import { availableParallelism } from 'node:os';

import type { Proof } from '../../core/contracts/factor.js';
import { twoFactorLimits } from '../../core/rate-limits/limits.js';

import { BoundedQueue } from './bounded-queue.js';

/** RFC 7914 §2; 16 MiB and about 40 ms each. The codes have 80 bits, so this is only defence in depth. */
const cost = { N: 2 ** 14, r: 8, p: 1 };
const hashBytes = 32;

/** How many hashes may wait for a core. */
const longestQueue = twoFactorLimits['hash-queue'].limit;

/** Hashes codes, at most one per core at a time, so that an attacker cannot occupy the whole portal. */
export class CodeHasher {
  private readonly known = new WeakMap<Proof, Map<string, Promise<string>>>();

  constructor(private readonly queue = new BoundedQueue(availableParallelism(), longestQueue)) {}

  /**
   * The hash of a code, base64.
   * @throws Busy when too many are waiting.
   */
  hash(code: string, salt: string): Promise<string> {
    return this.queue.run(() => derive(code, salt));
  }

  /**
   * The hash for a proof's code, computed once. A correct code that lost a compare-and-set is verified again with the same
   * proof object. The cached hash is garbage-collected with that object.
   */
  hashOf(proof: Proof, code: string, salt: string): Promise<string> {
    const hashes = this.known.get(proof) ?? new Map<string, Promise<string>>();
    this.known.set(proof, hashes);
    const hash = hashes.get(salt) ?? this.hash(code, salt);
    hashes.set(salt, hash);
    hash.catch(() => hashes.delete(salt));
    return hash;
  }
}

function derive(code: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(code, Buffer.from(salt, 'base64'), hashBytes, cost, (error, hash) =>
      error ? reject(error) : resolve(hash.toString('base64')),
    );
  });
}
