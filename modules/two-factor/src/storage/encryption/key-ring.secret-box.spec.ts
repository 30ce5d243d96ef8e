import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { KeyRing } from 'typeorm-unit-of-work/encryption';
import { DamagedFactor } from '../../core/common/errors.js';
import { SecretStorage } from '../../core/encryption/secret-storage.js';
import { KeyRingSecretBox } from './key-ring.secret-box.js';

const ring = new KeyRing({ id: 'a', bytes: randomBytes(32) }, { id: 'b', bytes: randomBytes(32) });
const box = new KeyRingSecretBox(ring);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const label = { purpose: 'factor', accountId: '7', id: 'f1' };

/** Returns the opened text, or the error. */
function outcome(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

describe('the key ring of the package', () => {
  it('opens its own texts, and names its keys as the ring does', () => {
    const sealed = box.seal('secret', label);
    expect(box.open(sealed, label)).toBe('secret');
    expect(box.keyOf(sealed)).toEqual({ id: 'a', prefix: 'v1.a.' });
    expect(box.keyOf('rubbish')).toBeNull();
    expect(box.keys.map(({ id, prefix, fingerprint }) => [id, prefix, fingerprint])).toEqual(
      ring.keys.map(({ id, prefix, fingerprint }) => [id, prefix, fingerprint]),
    );
  });

  it.each([
    ['of another account', () => box.open(box.seal('secret', label), { ...label, accountId: '8' })],
    ['of a key that is gone', () => box.open(box.seal('secret', label).replace('v1.a.', 'v1.c.'), label)],
    ['that was cut off', () => box.open('v1.a.', label)],
  ])('reports a value %s as a damaged factor', (_what, open) => {
    expect(outcome(open)).toBeInstanceOf(DamagedFactor);
  });

  it('returns an object for a factor, or reports damage', () => {
    const owner = { id: 'f1', accountId: '7' };
    const row = { ...owner, kind: 'totp', label: 'Phone', createdAt: 0, lastUsedAt: null };
    const stored = (sealed: string) => ({ ...row, sealed }) as Parameters<SecretStorage['openFactor']>[0];
    const secretStorage = new SecretStorage(box);
    const place = { purpose: 'factor', accountId: '7', id: 'f1' };
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.dictionary(text, fc.jsonValue()), (inside, data) => {
        const opened = outcome(() => secretStorage.openFactor(stored(box.seal(inside, place))).data);
        const isObject =
          /^\s*\{/.test(inside) && !(outcome(() => JSON.parse(inside) as unknown) instanceof Error);
        if (isObject) expect(opened).toEqual({ ...(JSON.parse(inside) as object) });
        else expect(opened).toBeInstanceOf(DamagedFactor);
        const back = secretStorage.openFactor(stored(secretStorage.sealFactor(data, owner))).data;
        expect(JSON.stringify(back)).toBe(JSON.stringify({ ...data }));
      }),
    );
  });
});
