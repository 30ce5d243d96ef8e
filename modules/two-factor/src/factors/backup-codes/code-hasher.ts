import { scrypt } from 'node:crypto';
import { availableParallelism } from 'node:os';

import type { Proof } from '../../core/contracts/factor.js';
import { twoFactorLimits } from '../../core/rate-limits/limits.js';

import { BoundedQueue } from './bounded-queue.js';

/**
 * RFC 7914 §2. With N = 2^14 a hash needs 16 MiB and about 40 ms. The codes have 80 bits, so this is only defence in depth.
 */
const blockSize = 8;
const hashBytes = 32;

/** The parameters of the hashes of one set. */
export interface HashParameters {
  /** Base64. */
  readonly salt: string;
  /** scrypt's N, a power of two. */
  readonly cost: number;
}

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
  hash(code: string, parameters: HashParameters): Promise<string> {
    return this.queue.run(() => derive(code, parameters));
  }

  /**
   * The hash for a proof's code, computed once. A correct code that lost a compare-and-set is verified again with the same
   * proof object. The cached hash is garbage-collected with that object.
   */
  hashOf(proof: Proof, code: string, { salt, cost }: HashParameters): Promise<string> {
    const hashes = this.known.get(proof) ?? new Map<string, Promise<string>>();
    this.known.set(proof, hashes);
    const hash = hashes.get(salt) ?? this.hash(code, { salt, cost });
    hashes.set(salt, hash);
    hash.catch(() => hashes.delete(salt));
    return hash;
  }
}

function derive(code: string, { salt, cost }: HashParameters): Promise<string> {
  const options = { N: cost, r: blockSize, p: 1, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(code, Buffer.from(salt, 'base64'), hashBytes, options, (error, hash) =>
      error ? reject(error) : resolve(hash.toString('base64')),
    );
  });
}
