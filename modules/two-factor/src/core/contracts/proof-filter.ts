import type { Account } from '../common/account.js';
import type { FactorAccount, Proof, SetUpInput } from './factor.js';
import type { Type } from '../common/type.js';

/** A field of an answer. */
export type ProofField = keyof Proof;

/** All fields of an answer. */
export const PROOF_FIELDS: readonly ProofField[] = ['code', 'response'];

/** Returns the fields that a form declares. The core itself does not know the form library. */
export type FieldsOf = (form: Type) => readonly string[];

/** Reduces an answer to the fields of one kind. */
export type ProofFilter = (given: Proof) => Proof;

/**
 * Returns a filter that keeps the fields of one kind's form, in a new frozen object. A request can also contain a
 * password, a form token or a name for the new factor. Factors must not see them (ASVS 5.0 15.3.3).
 */
export function proofFilter(fields: readonly string[]): ProofFilter {
  const known = PROOF_FIELDS.filter((field) => fields.includes(field));
  return (given) => {
    const own: { -readonly [Field in keyof Proof]: Proof[Field] } = {};
    for (const field of known) {
      const value = given[field];
      if (typeof value === 'string') own[field] = value;
    }
    return Object.freeze(own);
  };
}

/** Reduces the input of a set-up to the fields of the kind's own set-up form, in a new frozen object. */
export type OwnInput = (given: SetUpInput) => SetUpInput;

/** Returns such a filter for the start of a set-up; a kind without a set-up form has no fields. */
export function ownInput(fields: readonly string[]): OwnInput {
  return (given) =>
    Object.freeze(
      Object.fromEntries(
        fields.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
      ),
    );
}

/** The text of an answer, by which kinds recognise it; empty where there is none. */
export function proofText({ code, response }: Proof): string {
  return code ?? response ?? '';
}

/** The account as factors see it, without its stamp and without other properties that a host's directory adds. */
export function factorAccountOf({ id, label, email, staff }: Account): FactorAccount {
  return { id, label, email, staff };
}
