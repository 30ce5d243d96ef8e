import { Injectable } from '@nestjs/common';
import type { IssuedCodes } from '../accounts/factor-set-writer.js';
import type { Proof } from '../contracts/factor.js';
import type { EnrollmentSubject } from './drafts/draft-tokens.js';
import { EnrollmentResults, type SetUpFacts } from './enrollment-results.js';
import { UnsavedCodes } from './codes/unsaved-codes.js';

/** The codes that a set-up issued. */
export interface NewCodes extends Pick<IssuedCodes, 'codes' | 'json' | 'left'> {
  /** The recovery kind. */
  readonly kind: string;
}

/** A set-up that is complete. */
export interface Enrolled extends SetUpFacts {
  readonly status: 'enabled';
  readonly issued: readonly NewCodes[];
}

/** Finds the result of a set-up for a request that repeats its confirmation. */
@Injectable()
export class EarlierEnrollment {
  constructor(
    private readonly results: EnrollmentResults,
    private readonly unsaved: UnsavedCodes,
  ) {}

  /** The result of the same session, kind and proof, with the codes that it issued while they are not saved; else null. */
  async find({ account, key }: EnrollmentSubject, kind: string, proof: Proof): Promise<Enrolled | null> {
    const facts = await this.results.repeated({ accountId: account.id, key }, kind, proof);
    if (!facts) return null;
    const kept = await this.unsaved.ofSession(account.id, key);
    const issued = kept.filter(({ setUp }) => setUp?.factor.id === facts.factor.id);
    return { ...facts, status: 'enabled', issued };
  }
}
