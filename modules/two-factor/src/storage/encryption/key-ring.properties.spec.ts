import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { DamagedFactor } from '../../core/common/errors.js';
import { Vault } from '../../core/encryption/vault.js';
import { KeyRing } from './key-ring.js';

const ring = new KeyRing({ id: 'a', bytes: randomBytes(32) }, { id: 'b', bytes: randomBytes(32) });
const plain = fc.string({ unit: 'grapheme', maxLength: 200 });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const label = fc.record({ purpose: text, accountId: text, id: text });

/** What opens, or what was thrown. */
function outcome(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

describe('an envelope', () => {
  it('opens where it belongs, names its key, and shows nothing of its text', () => {
    fc.assert(
      fc.property(plain, label, (secret, place) => {
        const sealed = ring.seal(secret, place);
        expect(ring.open(sealed, place)).toBe(secret);
        expect(ring.keyOf(sealed)).toEqual({ id: 'a', front: 'v1.a.' });
        expect(sealed).toMatch(/^v1\.a\.[\w-]{16}\.[\w-]{22,}$/);
      }),
    );
  });

  it('opens nowhere else', () => {
    fc.assert(
      fc.property(plain, label, label, (secret, place, other) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other));
        expect(outcome(() => ring.open(ring.seal(secret, place), other))).toBeInstanceOf(DamagedFactor);
      }),
    );
  });

  it('with any stretch of it replaced is damage, and what it held is not told', () => {
    const stretch = fc.record({ at: fc.nat(), cut: fc.nat(4), put: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(plain, label, stretch, (secret, place, { at, cut, put }) => {
        const sealed = ring.seal(secret, place);
        const from = at % sealed.length;
        const edited = `${sealed.slice(0, from)}${put}${sealed.slice(from + cut)}`;
        fc.pre(edited !== sealed);
        const error = outcome(() => ring.open(edited, place));
        expect(error).toBeInstanceOf(DamagedFactor);
        if (secret.length > 12) expect(String(error)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing but an envelope or damage, whatever a column holds', () => {
    const part = fc.oneof(
      fc.constantFrom('v1', 'a', 'b', '', '__proto__'),
      fc.stringMatching(/^[\w-]{0,30}$/),
    );
    const column = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(column, label, (sealed, place) => {
        expect(outcome(() => ring.open(sealed, place))).toBeInstanceOf(DamagedFactor);
        const front = ring.keyOf(sealed)?.front ?? '';
        expect(sealed.startsWith(front)).toBe(true);
      }),
    );
  });

  it('of a factor gives back an object, or is damage', () => {
    const owner = { id: 'f1', accountId: '7' };
    const row = { ...owner, kind: 'totp', label: 'Phone', createdAt: 0, lastUsedAt: null };
    const stored = (sealed: string) => ({ ...row, sealed }) as Parameters<Vault['openFactor']>[0];
    const vault = new Vault(ring);
    const place = { purpose: 'factor', accountId: '7', id: 'f1' };
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.dictionary(text, fc.jsonValue()), (inside, data) => {
        const opened = outcome(() => vault.openFactor(stored(ring.seal(inside, place))).data);
        const isObject =
          /^\s*\{/.test(inside) && !(outcome(() => JSON.parse(inside) as unknown) instanceof Error);
        if (isObject) expect(opened).toEqual({ ...(JSON.parse(inside) as object) });
        else expect(opened).toBeInstanceOf(DamagedFactor);
        const back = vault.openFactor(stored(vault.sealFactor(data, owner))).data;
        expect(JSON.stringify(back)).toBe(JSON.stringify({ ...data }));
      }),
    );
  });
});
