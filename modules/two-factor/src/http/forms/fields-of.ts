import { getMetadataStorage } from 'class-validator';
import { PROOF_FIELDS, type FieldsOf } from '../../core/contracts/proof-filter.js';
import type { Type } from '../../core/common/type.js';

/** Fields of the module's own forms, on the routes where a kind's fields are sent too. */
const RESERVED = [
  ...['code', 'response', 'kind', 'label', 'password', 'replaces', 'returnTo', 'trustDevice'],
  ...['draft', 'set', 'openedFor', 'check', 'answer'],
];

/** The fields that a form declares. */
export const fieldsOf: FieldsOf = (form) => [...declaredBy(form)];

/** Has this form at least one field, and none that an answer never has? */
export function isProofForm(form: Type): boolean {
  const declared = [...declaredBy(form)];
  return (
    declared.length > 0 && declared.every((field) => (PROOF_FIELDS as readonly string[]).includes(field))
  );
}

/** Has this form at least one field, and none that another form of the same request has? `hidden`: the host's hidden fields. */
export function isSetUpForm(form: Type, hidden: readonly string[]): boolean {
  const declared = [...declaredBy(form)];
  const taken = [...RESERVED, ...hidden];
  return declared.length > 0 && !declared.some((field) => taken.includes(field));
}

/** The fields with decorators of class-validator, inherited ones too; those without are unknown to it, and never sent. */
function declaredBy(form: Type): ReadonlySet<string> {
  const found = getMetadataStorage().getTargetValidationMetadatas(form, '', false, false);
  return new Set(found.map(({ propertyName }) => propertyName));
}
