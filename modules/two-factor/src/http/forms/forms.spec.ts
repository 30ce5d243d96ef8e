import { Problem } from '../../core/common/errors.js';
import type { Type } from '../../core/common/type.js';
import {
  AnswerForm,
  ConfirmForm,
  EnrollForm,
  OnwardEnrollForm,
  OnwardSetUpForm,
  proofOf,
  RenameForm,
  SetUpForm,
} from './forms.js';
import { validated } from './validated.js';

/** The fields that were refused; null: none was. */
function refused(form: Type, body: unknown): string[] | null {
  try {
    validated(form, body);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
    return Object.keys((error as Problem).extra['fields'] ?? {});
  }
}

const fields: [string, Type, string, number][] = [
  ['the kind of an answer', AnswerForm, 'kind', 64],
  ['the code of an answer', AnswerForm, 'code', 1024],
  ['the response of an answer', AnswerForm, 'response', 16_384],
  ['the password of a step-up', ConfirmForm, 'password', 1024],
  ['the code of a step-up', ConfirmForm, 'code', 1024],
  ['the way back of a step-up', ConfirmForm, 'returnTo', 2048],
  ['the replaced factor of a set-up', SetUpForm, 'replaces', 64],
  ['the way back of a set-up that starts', OnwardSetUpForm, 'returnTo', 2048],
  ['the way back of a set-up that ends', OnwardEnrollForm, 'returnTo', 2048],
  ['the name of a new factor', EnrollForm, 'label', 64],
  ['the code of a set-up', EnrollForm, 'code', 1024],
  ['the response of a set-up', EnrollForm, 'response', 16_384],
  ['the new name of a factor', RenameForm, 'label', 64],
];

describe.each(fields)('%s', (_what, form, name, longest) => {
  it('is text, and stays as it was sent', () => {
    const body = { [name]: '  012345  ' };
    expect({ ...validated(form, body) }).toEqual(body);
  });

  const others: unknown[] = [123456, 0, true, ['123456'], [['1']], { length: 6 }, { toString: '1' }, []];

  it.each(others.map((other) => [other]))('is not %j', (value) => {
    expect(refused(form, { [name]: value })).toEqual([name]);
  });

  it('is not longer than it can be', () => {
    expect(refused(form, { [name]: 'x'.repeat(longest) })).toBeNull();
    expect(refused(form, { [name]: 'x'.repeat(longest + 1) })).toEqual([name]);
  });
});

describe('every form', () => {
  const forms = { AnswerForm, ConfirmForm, SetUpForm, EnrollForm, RenameForm };

  it.each(Object.entries(forms))('%s refuses fields it does not have', (_name, form) => {
    for (const unknown of ['admin', 'Code', 'code ', 'code[]', 'toString', 'constructor', 'accountId'])
      expect(refused(form, { label: 'x', [unknown]: 'x' })).toContain(unknown);
  });

  it.each(Object.entries(forms))('%s refuses a body that is no form', (_name, form) => {
    for (const body of [[], ['x'], [{ label: 'x' }], 'label=x', 7, true])
      expect(refused(form, body)).not.toBeNull();
  });

  it('reads a missing body as an empty one', () => {
    for (const body of [undefined, null, {}]) expect(refused(SetUpForm, body)).toBeNull();
    expect(refused(RenameForm, undefined)).toEqual(['label']);
  });

  it('is frozen, and takes nothing from a prototype', () => {
    const body: unknown = JSON.parse('{"code":"1","__proto__":{"password":"x"}}');
    expect(refused(ConfirmForm, body)).toEqual(['__proto__']);
    const form = validated(ConfirmForm, { code: '1' });
    expect(Object.isFrozen(form)).toBe(true);
    expect(form.password).toBeUndefined();
    expect({}).not.toHaveProperty('password');
  });
});

describe('a factor’s name', () => {
  it.each(['', ' ', '\t', '\u00a0'])('given anew is not %j', (label) => {
    expect(refused(RenameForm, { label })).toEqual(['label']);
  });

  it.each(['a\nb', 'a\0b', '\u001b[31m', 'a\u202eb', '\ufeff'])(
    'has no invisible characters: %j',
    (label) => {
      for (const form of [RenameForm, EnrollForm]) expect(refused(form, { label })).toEqual(['label']);
    },
  );

  it.each(['Phone', 'Мой телефон', '📱', '<b>&"\'', '=1+1', "O'Neill"])('may be %j', (label) => {
    for (const form of [RenameForm, EnrollForm]) expect(refused(form, { label })).toBeNull();
  });
});

describe('the proof in a form', () => {
  it('has only the fields that were sent', () => {
    expect(proofOf({ code: '1' })).toEqual({ code: '1' });
    expect(Object.keys(proofOf({ response: '{}' }))).toEqual(['response']);
    expect(Object.keys(proofOf({}))).toEqual([]);
  });
});

describe('an optional field that is null', () => {
  it('is a field left out', () => {
    const sent = { password: null, kind: null, code: '000000', response: null, returnTo: null };
    expect(Object.entries(validated(ConfirmForm, sent))).toEqual([['code', '000000']]);
  });

  it('is refused where the form has no such field, and where it is needed', () => {
    expect(refused(ConfirmForm, { admin: null })).toEqual(['admin']);
    expect(refused(RenameForm, { label: null })).toEqual(['label']);
  });
});
