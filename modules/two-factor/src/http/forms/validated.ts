import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Problem } from '../../core/errors.js';
import type { Type } from '../../core/type.js';

const strictly = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/**
 * Numbers, arrays and objects stay what they are and are refused; so are unknown fields.
 * @throws Problem INVALID_INPUT with a sentence for each field.
 */
export function validated<T extends object>(form: Type<T>, body: unknown): Readonly<T> {
  const instance = plainToInstance(form as new () => T, isPlain(body) ? { ...body } : {});
  const errors = validateSync(instance, strictly);
  if (errors.length === 0) return Object.freeze(instance);
  throw new Problem('INVALID_INPUT', 'Some fields are not right.', {
    fields: Object.fromEntries(errors.map(sentence)),
  });
}

function isPlain(body: unknown): body is object {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function sentence({ property, constraints }: ValidationError): [string, string] {
  return [property, Object.values(constraints ?? {})[0] ?? 'This field is not right.'];
}
