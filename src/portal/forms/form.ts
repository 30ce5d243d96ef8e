import { type ValidationError, validateSync } from 'class-validator';
import { PortalProblem, type ProblemPage } from '../problems/problem.js';

/** The error of one field; `key` is a message key, and `values` fill in its text. */
export interface FieldError {
  readonly field: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

type FormClass<T extends object> = new () => T;

/** Builds the page that shows a form again with its errors and without its secrets. */
export type FormPage = (
  errors: readonly FieldError[],
  body: Readonly<Record<string, unknown>>,
) => ProblemPage;

/**
 * Reads the body as a form: only known fields, without conversion. Messages of its validators are message keys.
 * @throws PortalProblem INVALID_INPUT, with the errors of each field, shown on `page`.
 */
export function readForm<T extends object>(form: FormClass<T>, body: unknown, page: FormPage): T {
  const plain = isRecord(body) ? body : {};
  const instance = filled(form, plain);
  const faults = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length === 0) return instance;
  const fields = Object.fromEntries(
    faults.map((fault) => [fault.property, Object.values(fault.constraints ?? {})[0]]),
  );
  const message = `Please check: ${Object.keys(fields).join(', ')}.`;
  throw new PortalProblem('INVALID_INPUT', message, { fields }, page(faults.map(shown), plain));
}

/**
 * The form with the body's fields. `__proto__`, `constructor`, `toString` and similar names are left out, because they would
 * change the object itself.
 */
function filled<T extends object>(form: FormClass<T>, body: Readonly<Record<string, unknown>>): T {
  const safe = Object.entries(body).filter(([name]) => !(name in Object.prototype));
  return Object.assign(new form(), Object.fromEntries(safe));
}

/** The refusal of a form with errors in these fields, shown on `page`. */
export function refusedForm(
  errors: readonly FieldError[],
  page: FormPage,
  body: Readonly<Record<string, unknown>>,
): PortalProblem {
  const fields = Object.fromEntries(errors.map(({ field, key }) => [field, key]));
  const message = `Please check: ${Object.keys(fields).join(', ')}.`;
  return new PortalProblem('INVALID_INPUT', message, { fields }, page(errors, body));
}

/**
 * For a button without fields; the CSRF token is already removed.
 * @throws PortalProblem INVALID_INPUT when there are fields.
 */
export function readNothing(body: unknown): void {
  if (Object.keys(body ?? {}).length === 0) return;
  throw new PortalProblem('INVALID_INPUT', 'This request must not contain fields.');
}

/** The text of a field that may be shown again in the form. */
export function keptText(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}

/** An unknown field has no place on the page and no text of its own. */
function shown({ property, constraints = {} }: ValidationError): FieldError {
  const key = Object.values(constraints)[0] ?? '';
  return 'whitelistValidation' in constraints
    ? { field: '', key: 'problem.todo.INVALID_INPUT' }
    : { field: property, key };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
