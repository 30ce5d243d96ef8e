import fc from 'fast-check';
import { DamagedFactor } from '../../core/common/errors.js';
import { keyUri } from './key-uri.js';
import { secretOf, storedData } from './totp.data.js';
import { totp } from './totp.factor.js';

const secret = fc.stringMatching(/^[A-Z2-7]{32}$/);
const step = fc.maxSafeNat();

/** The thrown value, or undefined. */
function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a security code', () => {
  it('is any six digits, and nothing else in place of one of them', () => {
    const { matches: reads } = totp();
    const other = fc
      .string({ unit: 'binary', maxLength: 3 })
      .filter((text) => !/[0-9]/.test(text.normalize('NFKC')));
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{6}$/), fc.nat(5), other, (code, place, odd) => {
        const edited = `${code.slice(0, place)}${odd}${code.slice(place + 1)}`;
        expect([reads(code), reads(code.slice(1)), reads(`${code}${place}`)]).toEqual([true, false, false]);
        expect(reads(edited)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the stored data of an authenticator app', () => {
  it('is read back unchanged', () => {
    fc.assert(
      fc.property(secret, step, (text, lastStep) => {
        expect(storedData({ secret: text, lastStep })).toEqual({ secret: text, lastStep });
      }),
    );
  });

  it('is damaged where a character is missing, too many, or another', () => {
    const other = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((one) => !/[A-Z2-7]/.test(one));
    fc.assert(
      fc.property(secret, fc.nat(31), other, (text, place, odd) => {
        const edits = [text.slice(1), `${text}A`, `${text.slice(0, place)}${odd}${text.slice(place + 1)}`];
        for (const edit of [...edits, text.toLowerCase().replace(/^[2-7]/, 'a'), `${text}\n`]) {
          const error = thrown(() => secretOf({ secret: edit }));
          expect(error).toBeInstanceOf(DamagedFactor);
          expect(String(error)).not.toContain(edit);
        }
      }),
    );
  });

  it('is complete or damaged, whatever it contains, and causes no other error', () => {
    const value = fc.oneof(fc.anything(), secret, step);
    fc.assert(
      fc.property(fc.record({ secret: value, lastStep: value }, { requiredKeys: [] }), (data) => {
        const error = thrown(() => storedData(data));
        const whole = typeof data.secret === 'string' && /^[A-Z2-7]{32}$/.test(data.secret);
        const marked = Number.isSafeInteger(data.lastStep) && (data.lastStep as number) >= 0;
        if (whole && marked) expect(error).toBeUndefined();
        else expect(error).toBeInstanceOf(DamagedFactor);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the address in a QR code', () => {
  it('names this secret and this issuer alone, whatever the provider and the person are called', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, text, secret, (issuer, account, key) => {
        const uri = new URL(keyUri(issuer, account, key));
        expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
        expect(uri.searchParams.getAll('secret')).toEqual([key]);
        expect([...uri.searchParams.keys()].sort().filter((name) => name !== 'issuer')).toEqual(['secret']);
        expect(uri.searchParams.getAll('issuer').join('')).not.toContain(':');
        expect(uri.href.length).toBeLessThan(2000);
      }),
    );
  });
});
