import fc from 'fast-check';
import { longestTyped, typedCode } from './typed-code.js';

const digits = fc.stringMatching(/^[0-9A-Z]{1,16}$/);
/** Characters that people type between the digits, or that copying adds. */
const decoration = fc.constantFrom(
  ...[' ', '-', '\u00A0', '\u2009', '\u3000', '\u2011', '\u2013', '\u2014', '\u2212', '\u00AD'],
  ...['\u200B', '\u200D', '\u2060', '\t', '\n'],
);

describe('text that a person typed as a code', () => {
  it('is the code, wherever spaces and dashes stand', () => {
    const typed = fc.tuple(digits, fc.array(decoration, { minLength: 17, maxLength: 17 }));
    fc.assert(
      fc.property(typed, ([code, between]) => {
        const decorated = [...code].map((character, place) => `${between[place]}${character}`).join('');
        expect(typedCode(`${decorated}${between[16]}`)).toBe(code);
      }),
    );
  });

  it('is the code in full-width characters too', () => {
    const wide = (code: string) =>
      code.replace(/./g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    fc.assert(fc.property(digits, (code) => expect(typedCode(wide(code))).toBe(code)));
  });

  it('contains no space and no dash, and does not change when it is normalised again', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, (input) => {
        const code = typedCode(input);
        expect(code).not.toMatch(/[\s\p{Z}\p{Pd}\u00AD\u200B-\u200F\u2060\u2212]/u);
        // An accent may no longer be separated from its letter, and compatibility forms can exceed the maximum length.
        const again = code.normalize('NFKC');
        if (again.length <= longestTyped) expect(typedCode(again)).toBe(again);
      }),
      { numRuns: 300 },
    );
  });

  it('is read up to the length of the longest code with all its spaces', () => {
    expect(typedCode(' '.repeat(longestTyped - 1) + '1')).toBe('1');
  });

  it('is empty where it is not text, or longer than any code', () => {
    const long = fc.string({ minLength: longestTyped + 1, maxLength: 2000 });
    const other = fc.anything().filter((value) => typeof value !== 'string');
    fc.assert(fc.property(fc.oneof(long, other), (input) => expect(typedCode(input)).toBe('')));
  });
});
