import fc from 'fast-check';
import { DamagedFactor } from '../../core/common/errors.js';
import { storedSet } from './backup-codes.data.js';
import { codeOf, shown } from './code-text.js';

const code = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/);
const salt = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(base64);
const hashes = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64), { maxLength: 5 });
const cost = fc.integer({ min: 10, max: 20 }).map((exponent) => 2 ** exponent);
const set = fc.record({ salt, cost, hashes, usedHashes: hashes, madeAt: fc.nat() }).map((parts) => ({
  ...parts,
  of: parts.hashes.length + parts.usedHashes.length,
}));

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A code with some characters written as people might write them in a hurry. */
function scribbled(text: string, choices: readonly number[]): string {
  const looks: Record<string, string> = { '0': '0Oo', '1': '1IiLl' };
  return [...text]
    .map((character, place) => {
      const forms = looks[character] ?? `${character}${character.toLowerCase()}`;
      const choice = choices[place] ?? 0;
      return `${['', ' ', '-', '\u2013'][choice % 4] ?? ''}${forms[choice % forms.length] ?? character}`;
    })
    .join('');
}

describe('a backup code', () => {
  it('is read as it is shown, and however a hand writes it', () => {
    fc.assert(
      fc.property(code, fc.array(fc.nat(60), { minLength: 16, maxLength: 16 }), (text, choices) => {
        expect([codeOf(shown(text)), codeOf(scribbled(text, choices))]).toEqual([text, text]);
      }),
    );
  });

  it('is no code with a character more or less, or with one outside its alphabet', () => {
    const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(code, fc.nat(15), odd, (text, place, other) => {
        const edited = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
        expect([codeOf(text.slice(1)), codeOf(`${text}0`)]).toEqual([null, null]);
        if (!/[0-9A-Z]/i.test(other.normalize('NFKC'))) expect(codeOf(edited)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it.each(['\u00DF', '\u0131'])('is no code with a letter that only its capital makes one: %s', (letter) => {
    const rest = '0'.repeat(16 - [...letter.toUpperCase()].length);
    expect([codeOf(`${letter}${rest}`), codeOf(`${letter}${rest.slice(1)}`)]).toEqual([null, null]);
  });

  it('is a code of its alphabet or none, whatever was typed, and reads back as itself', () => {
    const text = fc.oneof(fc.anything(), fc.string({ unit: 'binary', maxLength: 64 }), code);
    fc.assert(
      fc.property(text, (input) => {
        const read = codeOf(input);
        expect(read ?? '0'.repeat(16)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        if (read !== null) expect(codeOf(read)).toBe(read);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a stored set of backup codes', () => {
  it('comes back as it was', () => {
    fc.assert(fc.property(set, (data) => expect(storedSet(data)).toEqual(data)));
  });

  it('is damaged where one of its parts is another', () => {
    const part = fc.constantFrom('salt', 'hashes', 'usedHashes', 'of', 'madeAt');
    const odd = fc.oneof(fc.string(), fc.constantFrom(null, undefined, NaN, -1, [], ['x'], [null], {}));
    fc.assert(
      fc.property(set, part, odd, (data, name, value) => {
        // Skips the case that changes nothing: an empty list that was empty before.
        fc.pre(JSON.stringify(data[name]) !== JSON.stringify(value) && !(name === 'madeAt' && value === -1));
        expect(() => storedSet({ ...data, [name]: value })).toThrow(DamagedFactor);
      }),
      { numRuns: 300 },
    );
  });

  it('is whole or damaged, whatever it is, and never breaks otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), set), (data) => {
        try {
          storedSet(data);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedFactor);
        }
      }),
    );
  });
});
