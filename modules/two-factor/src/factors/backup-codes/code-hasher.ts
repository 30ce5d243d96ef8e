import { scrypt } from 'node:crypto';
import { availableParallelism } from 'node:os';

import type { Proof } from '../../core/contracts/factor.js';

import { BoundedQueue } from './bounded-queue.js';

/** RFC 7914 §2; 16 MiB and some 40 ms each. The codes have 80 bits, so this is against what nobody foresaw. */
const cost = { N: 2 ** 14, r: 8, p: 1 };
const hashBytes = 32;

/** How many hashes may wait for a core. */
const longestQueue = 200;

/** Hashes codes; at most one a core at a time, so that nobody can make the portal do nothing else. */
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
   * The same for a proof's code, worked out once: a right code that lost a compare-and-set is judged again with the same
   * proof object. What is kept goes with that object.
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
