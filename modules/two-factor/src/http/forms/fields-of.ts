import { getMetadataStorage } from 'class-validator';
import type { FieldsOf, ProofField } from '../../core/contracts/own-proof.js';
import type { Type } from '../../core/common/type.js';

/** The fields that an answer can have. */
const FIELDS: readonly ProofField[] = ['code', 'response'];

/** The fields of an answer that a kind's form declares. */
export const proofFieldsOf: FieldsOf = (form) => {
  const declared = declaredBy(form);
  return FIELDS.filter((field) => declared.has(field));
};

/** Has this form at least one field, and none that an answer never has? */
export function isProofForm(form: Type): boolean {
  const declared = [...declaredBy(form)];
  return declared.length > 0 && declared.every((field) => (FIELDS as readonly string[]).includes(field));
}

/** The fields with decorators of class-validator, inherited ones too; those without are unknown to it, and never sent. */
function declaredBy(form: Type): ReadonlySet<string> {
  const found = getMetadataStorage().getTargetValidationMetadatas(form, '', false, false);
  return new Set(found.map(({ propertyName }) => propertyName));
}
