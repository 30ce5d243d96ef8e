import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { EnrollmentResults, type SetUpSession } from '../../core/enrollment/enrollment-results.js';
import { RecoveryCodes } from '../../core/enrollment/codes/recovery-codes.js';
import { UnsavedCodes, type CodesOwner } from '../../core/enrollment/codes/unsaved-codes.js';
import { Routes } from './routes.js';

/** Recovery codes that are not saved yet, with the addresses for their owner. */
export interface UnsavedSet {
  readonly kind: string;
  /** Where this session sees them; null: it does not. */
  readonly show: string | null;
  /** Makes a new set. */
  readonly make: string;
  /** Takes the owner's word that the set is saved. */
  readonly saved: string;
  /** The id of the stored set. */
  readonly set: string | undefined;
}

/** Finds the pages that follow a set-up of this session. */
@Injectable()
export class AfterSetUp {
  constructor(
    private readonly results: EnrollmentResults,
    private readonly unsavedCodes: UnsavedCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly registry: FactorRegistry,
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

  /** The sets that the owner has not saved yet. */
  async unsaved(owner: CodesOwner): Promise<readonly UnsavedSet[]> {
    const kinds = [...(await this.unsavedCodes.kinds(owner))];
    return Promise.all(kinds.map((kind) => this.unsavedSet(owner, kind)));
  }

  private async unsavedSet(owner: CodesOwner, kind: string): Promise<UnsavedSet> {
    const known = this.registry.recovery(kind);
    const isShown = known !== undefined && (await this.recoveryCodes.isUnsaved(owner, known));
    return {
      kind,
      show: isShown ? this.routes.codes(kind) : null,
      make: this.routes.setUp(false, kind),
      saved: this.routes.saved(kind),
      set: owner.accountState.factors.find((factor) => factor.kind === kind)?.id,
    };
  }
}
