import { Busy } from '../../core/common/errors.js';

import { BoundedQueue } from './bounded-queue.js';
import { CodeHasher } from './code-hasher.js';

const salt = { salt: Buffer.alloc(16, 1).toString('base64'), cost: 2 ** 10 };
const otherSalt = { ...salt, salt: Buffer.alloc(16, 2).toString('base64') };

describe('hashing a proof', () => {
  it('is not done twice for the same proof and salt, however often it is verified', () => {
    const hasher = new CodeHasher();
    const proof = { code: 'A' };
    const hash = hasher.hashOf(proof, 'A', salt);
    expect(hasher.hashOf(proof, 'A', salt)).toBe(hash);
    return hash;
  });

  it('is done again for another salt and for another proof', async () => {
    const hasher = new CodeHasher();
    const proof = { code: 'A' };
    const hash = hasher.hashOf(proof, 'A', salt);
    expect(await hasher.hashOf(proof, 'A', otherSalt)).not.toBe(await hash);
    expect(hasher.hashOf({ ...proof }, 'A', salt)).not.toBe(hash);
  });

  it('is tried again after it was refused as busy', async () => {
    const hasher = new CodeHasher(new BoundedQueue(1, 0));
    const proof = { code: 'A' };
    const ahead = hasher.hash('B', salt);
    await expect(hasher.hashOf(proof, 'A', salt)).rejects.toBeInstanceOf(Busy);
    await ahead;
    expect(await hasher.hashOf(proof, 'A', salt)).toBe(await hasher.hash('A', salt));
  });
});
