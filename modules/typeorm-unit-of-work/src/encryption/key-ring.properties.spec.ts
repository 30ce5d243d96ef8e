import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { DamagedValueError } from './errors.js';
import { KeyRing } from './key-ring.js';

const ring = new KeyRing({ id: 'a', bytes: randomBytes(32) }, { id: 'b', bytes: randomBytes(32) });
const plain = fc.string({ unit: 'grapheme', maxLength: 200 });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const label = fc.record({ purpose: text, ownerId: text, id: text });

/** Returns the decrypted text, or the error. */
function outcome(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

describe('an envelope', () => {
  it('opens with its own context, names its key, and shows nothing of its text', () => {
    fc.assert(
      fc.property(plain, label, (secret, place) => {
        const sealed = ring.encrypt(secret, place);
        expect(ring.decrypt(sealed, place)).toBe(secret);
        expect(ring.keyOf(sealed)).toEqual({ id: 'a', prefix: 'v1.a.' });
        expect(sealed).toMatch(/^v1\.a\.[\w-]{16}\.[\w-]{22,}$/);
      }),
    );
  });

  it('does not open with another context', () => {
    fc.assert(
      fc.property(plain, label, label, (secret, place, other) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other));
        expect(outcome(() => ring.decrypt(ring.encrypt(secret, place), other))).toBeInstanceOf(
          DamagedValueError,
        );
      }),
    );
  });

  it('is damaged when any part of it is replaced, and its content is not revealed', () => {
    const stretch = fc.record({ at: fc.nat(), cut: fc.nat(4), put: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(plain, label, stretch, (secret, place, { at, cut, put }) => {
        const sealed = ring.encrypt(secret, place);
        const from = at % sealed.length;
        const edited = `${sealed.slice(0, from)}${put}${sealed.slice(from + cut)}`;
        fc.pre(edited !== sealed);
        const error = outcome(() => ring.decrypt(edited, place));
        expect(error).toBeInstanceOf(DamagedValueError);
        if (secret.length > 12) expect(String(error)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('is either an envelope or damage, for any text in a column', () => {
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
        expect(outcome(() => ring.decrypt(sealed, place))).toBeInstanceOf(DamagedValueError);
        const prefix = ring.keyOf(sealed)?.prefix ?? '';
        expect(sealed.startsWith(prefix)).toBe(true);
      }),
    );
  });
});
