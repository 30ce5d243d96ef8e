import fc from 'fast-check';
import { acceptableEmail, acceptableName, normalEmail } from '../../accounts/account.js';
import { sender } from '../../config/mail-settings.js';
import { ConfigError } from '../../config/config-error.js';
import { headerText, plainAddress } from '../rendering/rendered-mail.js';

const piece = fc.constantFrom(
  ...[
    'a',
    '@',
    'example.com',
    '\r',
    '\n',
    'Bcc:',
    '<',
    '>',
    ',',
    ' ',
    '"',
    '\\',
    '\u2028',
    '\0',
    'ß',
    'İ',
    'ﬁ',
  ],
);

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
);

const side = fc.array(piece, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));
/** An address, or one or two characters away from one. */
const nearAddress = fc.tuple(side, side).map((sides) => sides.join('@'));

describe('what goes into the header of a mail', () => {
  it('is one line of whole characters, for any name or text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          hostile.map((text) => text.repeat(30)),
        ),
        (text) => {
          const line = headerText(text);
          expect(line).not.toMatch(/[\p{C}\u2028\u2029]|^\s|\s$/u);
          expect([...line].length).toBeLessThanOrEqual(200);
          expect(headerText(line)).toBe(line);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('names one recipient, or is refused', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, nearAddress), (text) => {
        const isOne = /^[^\s\p{C}<>(),;:"\\@]+@[^\s\p{C}<>(),;:"\\@]+$/u.test(text);
        if (isOne) expect(plainAddress(text)).toBe(text);
        else expect(() => plainAddress(text)).toThrow('not one plain e-mail address');
      }),
      { numRuns: 500 },
    );
  });

  it('names one sender, or the start is refused', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, address) => {
        try {
          expect(sender(`${name} <${address}>`).address).toMatch(/^[^\s<>]+@[^\s<>]+$/u);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
    );
  });
});

describe('an account’s address', () => {
  it('has one spelling, which is its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const normal = normalEmail(text);
        expect(normalEmail(normal)).toBe(normal);
        expect(normalEmail(text.normalize('NFKC'))).toBe(normal);
      }),
      { numRuns: 500 },
    );
  });

  it('and name that are taken can stand in a header as they are', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        if (acceptableEmail(normalEmail(text))) expect(headerText(normalEmail(text))).toBe(normalEmail(text));
        if (acceptableName(text)) expect(text.trim()).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 500 },
    );
  });
});
