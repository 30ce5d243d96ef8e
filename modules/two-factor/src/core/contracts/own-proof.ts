import type { Account } from '../common/account.js';
import type { FactorAccount, Proof, SetUpInput } from './factor.js';
import type { Type } from '../common/type.js';

/** A field that an answer can have. */
export type ProofField = keyof Proof;

/** All of them. */
export const PROOF_FIELDS: readonly ProofField[] = ['code', 'response'];

/** Tells which fields a form declares. The form's library is known outside of the core alone. */
export type FieldsOf = (form: Type) => readonly string[];

/** Makes what a factor gets of an answer. */
export type OwnProof = (given: Proof) => Proof;

/**
 * What factors of one kind get of an answer: the fields of their own form, in a fresh frozen object. An answer arrives beside a
 * password, a form token or a name for the new factor; none of them is the factor's business (ASVS 5.0 15.3.3).
 */
export function ownProof(fields: readonly string[]): OwnProof {
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

/** Makes what a factor gets at the start of its set-up: the fields of its own set-up form, in a fresh frozen object. */
export type OwnInput = (given: SetUpInput) => SetUpInput;

/** The same for the start of a set-up; a kind without a set-up form has no fields. */
export function ownInput(fields: readonly string[]): OwnInput {
  return (given) =>
    Object.freeze(
      Object.fromEntries(
        fields.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
      ),
    );
}

/** The text of an answer, by which kinds recognise it; empty: there is none. */
export function proofText({ code, response }: Proof): string {
  return code ?? response ?? '';
}

/** What factors see of an account: neither its stamp, nor any other property that a host's directory puts into the object. */
export function seenByFactors({ id, label, email, staff }: Account): FactorAccount {
  return { id, label, email, staff };
}
