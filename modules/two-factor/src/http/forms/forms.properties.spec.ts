import fc from 'fast-check';
import { Problem } from '../../core/common/errors.js';
import { AnswerForm, ConfirmForm, OnwardEnrollForm, OnwardSetUpForm, RenameForm } from './forms.js';
import { validated } from './validated.js';

const forms = [AnswerForm, ConfirmForm, OnwardEnrollForm, OnwardSetUpForm, RenameForm];
const names = ['code', 'response', 'kind', 'password', 'returnTo', 'label', 'replaces'];

const text = fc.string({ unit: 'binary', maxLength: 20 });
const odd = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', '_csrf', '');
const body = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...names), odd, fc.string()), fc.oneof(text, fc.jsonValue())),
  fc.jsonValue(),
  fc.anything(),
);

/** Returns the form, or the error. */
function read(form: (typeof forms)[number], given: unknown): unknown {
  try {
    return validated<object>(form, given);
  } catch (error) {
    return error;
  }
}

describe.each(forms.map((form) => [form.name, form] as const))('the input of %s', (_name, form) => {
  it('becomes fields of text alone, or is refused with a sentence for each field', () => {
    fc.assert(
      fc.property(body, (given) => {
        const outcome = read(form, given);
        if (!(outcome instanceof Problem)) {
          const fields = Object.entries(outcome as object).filter(([, value]) => value !== undefined);
          // Null and undefined mean a missing field.
          const untyped = fields.filter(([, value]) => value !== null && typeof value !== 'string');
          expect(untyped).toEqual([]);
          expect(fields.filter(([name]) => !names.includes(name))).toEqual([]);
          expect(Object.isFrozen(outcome)).toBe(true);
          return;
        }
        expect(outcome.code).toBe('INVALID_INPUT');
        const sentences = Object.values(outcome.extra['fields'] as Record<string, string>);
        expect(sentences.filter((sentence) => !/^\S.*[\w.]$/s.test(sentence))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a name for an authenticator app', () => {
  it('is any line of up to 64 characters that can be seen', () => {
    const seen = fc.stringMatching(/^[\p{L}\p{N}\p{P}\p{S}]{1,32}$/u);
    fc.assert(fc.property(seen, (label) => expect(validated(RenameForm, { label })).toEqual({ label })));
  });

  it('never holds what begins another line, or is not seen', () => {
    const hidden = fc.constantFrom('\n', '\r', '\0', '\u001b', '\u009b', '\u202e', '\ufeff', '\u200b');
    fc.assert(
      fc.property(text, hidden, text, (before, character, after) => {
        expect(read(RenameForm, { label: `x${before}${character}${after}` })).toBeInstanceOf(Problem);
      }),
    );
  });

  it('is no longer than 64', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 5000 }), (length) => {
        expect(read(RenameForm, { label: 'a'.repeat(length) })).toBeInstanceOf(Problem);
      }),
    );
  });
});
