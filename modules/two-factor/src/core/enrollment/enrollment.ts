import { Injectable } from '@nestjs/common';
import type { EnrollmentSubject } from './drafts/draft-tokens.js';
import { Drafts, type DraftStart } from './drafts/drafts.js';
import { EarlierEnrollment, type Enrolled, type NewCodes } from './earlier-enrollment.js';
import { EnrollmentCommit, type ConfirmingSubject } from './enrollment-commit.js';
import { Problem } from '../common/errors.js';
import type { EnrollmentVerdict, Proof, SetUpInput } from '../contracts/factor.js';
import type { PrimaryKind } from '../accounts/factor-registry.js';
import { FactorSetWriter, type IssuedCodes } from '../accounts/factor-set-writer.js';
import type { Origin } from '../common/origin.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import type { StepUpScope } from '../accounts/void-tokens.js';

/** The person who starts a set-up, and their scope: with `replace` they may not add a factor. */
export interface ScopedEnrollmentSubject extends EnrollmentSubject {
  readonly scope: StepUpScope;
}

/** The input of a start. */
export interface EnrollmentStart {
  /** The id of the factor that is removed when the new one is proved. */
  readonly replaces?: string | undefined;
  /** The validated input of the set-up form. */
  readonly input?: SetUpInput;
  /** Whether the person asks for another code of the same set-up, where a channel sends the codes. */
  readonly again?: boolean;
}

/** The input of a confirmation. */
export interface EnrollmentProof {
  readonly proof: Proof;
  readonly label: string;
  /** The id of the draft that the page showed, where the request names it. */
  readonly draft?: string | undefined;
  /**
   * Whether a person sent a form. The issued codes are then shown until they are saved, and an equal form gets the result of the
   * first one. A program gets both once, in the answer.
   */
  readonly byForm?: boolean;
}

/** The result of a confirmation. Only `enabled` changed anything, in this request or in an equal one before. */
export type EnrollmentResult =
  | Enrolled
  /** The page showed another draft, which the current one has replaced. */
  | { readonly status: 'replaced' }
  | ({ readonly status: 'refused' } & Extract<EnrollmentVerdict, { ok: false }>);

/** The enrollment flow: draft, proof, factor. */
@Injectable()
export class Enrollment {
  constructor(
    private readonly drafts: Drafts,
    private readonly sets: FactorSetWriter,
    private readonly sessions: LoginSession,
    private readonly commits: EnrollmentCommit,
    private readonly earlier: EarlierEnrollment,
  ) {}

  /**
   * Starts a draft, unless this session has the same one already. Where an account can have only one factor of a kind,
   * the new one replaces it. `later`: the send quota is used up.
   * @throws Problem NOT_FOUND when the account cannot use the kind, or cannot replace the factor `replaces`; CONFLICT
   * when the account has the maximum of this kind; COOLING_DOWN while the account is frozen; STEP_UP_REQUIRED when the scope is `replace` and the factor would be
   * added (ASVS 5.0 7.5.1).
   */
  async begin(
    who: ScopedEnrollmentSubject,
    kind: PrimaryKind,
    origin: Origin,
    start: EnrollmentStart = {},
  ): Promise<DraftStart> {
    const { definition, behaviour } = kind;
    this.sets.requireOffered(kind, who.account);
    await this.sets.brake.requireUnfrozen(who.account.id);
    const wanted = { replaces: this.replacedBy(kind, who, start), input: kind.ownInput(start.input ?? {}) };
    if (!start.again && (await this.drafts.has(who, definition.kind, wanted))) return { status: 'begun' };
    const records = this.sets.openRecords(definition.kind, who.accountState);
    const data = await behaviour.beginEnrollment(factorAccountOf(who.account), records, wanted.input);
    return this.drafts.begin(who, kind, { ...wanted, data }, origin);
  }

  /**
   * An equal form of the same session gets the result of the first one.
   * @throws Problem NOT_FOUND when the account cannot use the kind. CONFLICT when there is no draft, or the factors
   * have changed since its start. UNAVAILABLE when the proof could not be verified, which counts as no attempt, or when
   * the account's data is damaged. In that case the flag must stay.
   */
  async confirm(
    who: ConfirmingSubject,
    kind: PrimaryKind,
    given: EnrollmentProof,
    origin: Origin,
  ): Promise<EnrollmentResult> {
    this.sets.requireOffered(kind, who.account);
    if (who.accountState.damaged)
      throw new Problem('UNAVAILABLE', 'Two-factor data of this account is damaged. Ask for help.');
    try {
      return await this.prove(who, kind, given, origin);
    } catch (error) {
      const isConflict = error instanceof Problem && error.code === 'CONFLICT';
      const earlier = isConflict && (await this.resultBefore(who, kind, given));
      if (earlier) return earlier;
      throw error;
    }
  }

  /** The id of the factor that the new one replaces; null where it is added. */
  private replacedBy(
    { definition }: PrimaryKind,
    who: ScopedEnrollmentSubject,
    start: EnrollmentStart,
  ): string | null {
    const replaced = this.sets.factorToReplace(definition, who, start.replaces);
    if (who.scope === 'full' || replaced) return replaced?.id ?? null;
    throw new Problem('STEP_UP_REQUIRED', 'Confirm that it is you before you add a factor.');
  }

  /** The result of the form that this one repeats. */
  private async resultBefore(
    who: ConfirmingSubject,
    { definition }: PrimaryKind,
    { proof, byForm }: EnrollmentProof,
  ): Promise<EnrollmentResult | null> {
    return byForm ? this.earlier.find(who, definition.kind, proof) : null;
  }

  private async prove(
    who: ConfirmingSubject,
    kind: PrimaryKind,
    given: EnrollmentProof,
    origin: Origin,
  ): Promise<EnrollmentResult> {
    const { proof, label, draft: shown, byForm = false } = given;
    const draft = await this.drafts.find(who, kind.definition.kind);
    if (!draft) throw new Problem('CONFLICT', 'This set-up has ended. Start again to get a new code.');
    if (shown !== undefined && shown !== draft.ref.id)
      return (await this.resultBefore(who, kind, given)) ?? { status: 'replaced' };
    const enrolled = await this.drafts.verify(draft, kind, proof, origin);
    if (!enrolled.ok) return { ...enrolled, status: 'refused' };
    const { account, accountState, key } = who;
    const factor = this.sets.newFactor(account, kind.definition.kind, label, enrolled.data);
    const issued = await this.sets.issueMissingCodes(account, accountState);
    const facts = await this.commits.commit(who, draft, { factor, issued, proof, byForm }, origin);
    await this.sessions.endOthers(account.id, key, accountState.set.version + 1);
    return { ...facts, status: 'enabled', issued: issued.map(newCodes) };
  }
}

function newCodes({ kind, codes, json, left }: IssuedCodes): NewCodes {
  return { kind: kind.definition.kind, codes, json, left };
}
