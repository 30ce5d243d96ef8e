import { Injectable } from '@nestjs/common';
import { EnrollmentResults, type SetUpSession } from '../../core/enrollment/enrollment-results.js';
import { UnsavedCodes, type CodesOwner } from '../../core/enrollment/codes/unsaved-codes.js';
import { Routes } from './routes.js';

/** Finds the pages that follow a set-up of this session. */
@Injectable()
export class AfterSetUp {
  constructor(
    private readonly results: EnrollmentResults,
    private readonly unsavedCodes: UnsavedCodes,
    private readonly routes: Routes,
  ) {}

  /** The page of the unsaved codes, else of the result; null when this session set up nothing (of this kind) lately. */
  async address(session: SetUpSession, kind?: string, returnTo?: string): Promise<string | null> {
    const facts = await this.results.find(session, kind);
    if (!facts) return null;
    const [issued] = await this.unsavedCodes.ofSession(session.accountId, session.key);
    if (issued) return this.routes.codes(issued.kind, returnTo);
    return this.routes.done(facts.factor.kind, returnTo);
  }

  /** The kinds whose codes the owner has not saved yet, each with the address of its page. */
  async unsaved(owner: CodesOwner): Promise<readonly { readonly kind: string; readonly show: string }[]> {
    return [...(await this.unsavedCodes.kinds(owner))].map((kind) => ({
      kind,
      show: this.routes.codes(kind),
    }));
  }
}
