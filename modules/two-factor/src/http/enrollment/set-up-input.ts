import type { Type } from '../../core/common/type.js';
import { Problem } from '../../core/common/errors.js';
import type { SetUpInput, View } from '../../core/contracts/factor.js';
import type { SetUpForm } from '../forms/forms.js';
import { validated } from '../forms/validated.js';

/** The body of the request that starts a set-up. */
export interface SetUpBody<T extends SetUpForm = SetUpForm> {
  readonly form: Readonly<T>;
  /** The fields of the kind's own set-up form, as they were sent. */
  readonly own: SetUpInput;
}

/** The refused input of a set-up form. */
export interface RefusedInput {
  readonly problem: Problem;
  readonly own: SetUpInput;
}

/**
 * Separates the kind's own fields from the others. A body that is no object is left to the other fields, which refuse
 * it.
 */
export function split(body: unknown, fields: readonly string[]): { own: SetUpInput; rest: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { own: {}, rest: body };
  const entries = Object.entries(body) as [string, unknown][];
  const isOwn = ([name]: [string, unknown]) => fields.includes(name);
  return {
    own: Object.fromEntries(entries.filter(isOwn)),
    rest: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
  };
}

/** Returns the validated fields, or the problem with a translated text for each field. */
export function inputIn(
  form: Type,
  own: SetUpInput,
  textOf: (field: string) => string,
): SetUpInput | Problem {
  try {
    return { ...validated(form, own) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const names = Object.keys(error.extra['fields'] ?? {});
    const fields = Object.fromEntries(names.map((name) => [name, textOf(name)]));
    return new Problem(error.code, error.message, { fields });
  }
}

/** The input and its errors, which the form shows again. */
export function shownInput(refused?: RefusedInput): View {
  if (!refused) return { values: {}, errors: {} };
  const texts = Object.entries(refused.own).filter(([, value]) => typeof value === 'string');
  return { values: Object.fromEntries(texts), errors: refused.problem.extra['fields'] };
}
