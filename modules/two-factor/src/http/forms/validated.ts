import { validateSync, type ValidationError } from 'class-validator';
import { Problem } from '../../core/common/errors.js';
import type { Proof } from '../../core/contracts/factor.js';
import type { Type } from '../../core/common/type.js';

const strictly = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/**
 * Validates a body. Numbers, arrays and objects are not converted; they are refused, and so are unknown fields and
 * bodies that are no form. A missing body is an empty form, and a null in an optional field is a missing field.
 * @throws Problem INVALID_INPUT with a sentence for each field.
 */
export function validated<T extends object>(form: Type<T>, body: unknown): Readonly<T> {
  const given = body ?? {};
  if (!isPlain(given)) throw invalid({});
  const instance = filled(form, given);
  const faults = { ...faultsOf(instance), ...unsafeFaults(given) };
  if (Object.keys(faults).length > 0) throw invalid(faults);
  return Object.freeze(withoutNulls(instance));
}

/** Whether a proof has the outer form that its kind requires. */
export function hasShape<T extends object>(form: Type<T>, proof: Proof): boolean {
  return Object.keys(faultsOf(filled(form, proof))).length === 0;
}

function faultsOf(instance: object): Record<string, string> {
  return Object.fromEntries(validateSync(instance, strictly).map(sentence));
}

/** An optional field also accepts null; the code after the validation expects no null. */
function withoutNulls<T extends object>(instance: T): T {
  for (const [name, value] of Object.entries(instance))
    if (value === null) Reflect.deleteProperty(instance, name);
  return instance;
}

function invalid(fields: Readonly<Record<string, string>>): Problem {
  return new Problem('INVALID_INPUT', 'Some fields are not right.', { fields });
}

function isPlain(body: unknown): body is object {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Returns the form with the body's fields, except for names with a meaning in JavaScript. */
function filled<T extends object>(form: Type<T>, given: object): T {
  const safe = Object.entries(given).filter(([name]) => !isUnsafe(name));
  return Object.assign(new (form as new () => T)(), Object.fromEntries(safe));
}

/** `__proto__`, `constructor`, `toString` and similar names would change the form object itself. */
function isUnsafe(name: string): boolean {
  return name in Object.prototype;
}

function unsafeFaults(given: object): Record<string, string> {
  const names = Object.keys(given).filter(isUnsafe);
  return Object.fromEntries(names.map((name) => [name, 'This field is not known.']));
}

function sentence({ property, constraints }: ValidationError): [string, string] {
  return [property, Object.values(constraints ?? {})[0] ?? 'This field is not right.'];
}
