import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { parseKeyRing } from './parse-key-ring.js';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/);
/** Keys have to be random: fast-check's own numbers favour those that a ring refuses. */
const key = fc.nat().map(() => randomBytes(32).toString('base64'));
const entries = fc.uniqueArray(fc.tuple(id, key), { minLength: 1, maxLength: 5, selector: ([name]) => name });
const blank = fc.constantFrom('', ' ', '\n', '\t ');

const text = (ring: readonly (readonly [string, string])[]) => ring.map((entry) => entry.join(':')).join(',');

/** The sentence of a refusal; null where the ring was accepted. */
function refusal(ring: string | undefined): string | null {
  try {
    parseKeyRing(ring);
    return null;
  } catch (error) {
    expect((error as Error).constructor).toBe(Error);
    return (error as Error).message;
  }
}

describe('the text of a key ring', () => {
  it('names its keys in their order, with blanks around them or without', () => {
    fc.assert(
      fc.property(entries, blank, (ring, between) => {
        const spaced = ring.map((entry) => `${between}${entry.join(':')}${between}`).join(',');
        const ids = ring.map(([name]) => name);
        expect(parseKeyRing(text(ring)).keys.map((each) => each.id)).toEqual(ids);
        expect(parseKeyRing(spaced).keys.map((each) => each.id)).toEqual(ids);
      }),
    );
  });

  it('is refused with a key that is cut, doubled, foreign or of another length, without showing a key', () => {
    fc.assert(
      fc.property(entries, id, (ring, other) => {
        const [name, secret] = ring[0] ?? ['', ''];
        const faulty = [
          `${name}:${secret.slice(1)}`,
          `${name}:${secret}${secret}`,
          `${name}:${secret.replace(/^./, '!')}`,
          `${name}:${secret.slice(0, 40)}`,
          `${name}:${secret},${name}:${randomBytes(32).toString('base64')}`,
          `${name}:${secret},${other}x:${secret}`,
          `${name} ${secret}`,
          `${secret}:${name}`,
          `${name}:${secret}:${secret}`,
          `${name}:${secret},`,
          secret,
        ];
        const stretches = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
        for (const each of faulty) {
          const sentence = refusal(each);
          expect([each, sentence]).toEqual([each, expect.any(String)]);
          expect(stretches.filter((stretch) => sentence?.includes(stretch))).toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is accepted, or refused with one sentence', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(id, key, fc.constantFrom(':', ',', ' ', '=', '\n')), { maxLength: 9 })
        .map((parts) => parts.join('')),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(any, (ring) => {
        const sentence = refusal(ring);
        if (sentence !== null) expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
      }),
    );
  });

  it('is refused when its key is a pattern, a sequence, or typed by hand', () => {
    const pattern = fc
      .uint8Array({ minLength: 1, maxLength: 16 })
      .map((bytes) => Buffer.alloc(32, Buffer.from(bytes)));
    const sequence = fc
      .tuple(fc.nat(255), fc.nat(255))
      .map(([from, by]) => Buffer.from(Array.from({ length: 32 }, (_, place) => (from + place * by) & 255)));
    const typed = fc.stringMatching(/^[ -~]{32}$/).map((words) => Buffer.from(words));
    fc.assert(
      fc.property(fc.oneof(pattern, sequence, typed), (bytes) => {
        expect(refusal(`a:${bytes.toString('base64')}`)).toContain('sample or typed text');
      }),
      { numRuns: 300 },
    );
  });
});
