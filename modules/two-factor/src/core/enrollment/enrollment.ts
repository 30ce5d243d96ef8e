import { Injectable } from '@nestjs/common';
import { accountKey } from '../rate-limits/rate-limits.js';
import { Drafts, type Draft, type EnrollmentSubject, type DraftStart } from './drafts.js';
import { Problem } from '../common/errors.js';
import type { EnrollmentVerdict, Proof, SetUpInput } from '../contracts/factor.js';
import type { PrimaryKind } from '../accounts/factor-registry.js';
import { FactorSetWriter, type IssuedCodes } from '../accounts/factor-set-writer.js';
import type { Origin } from '../common/origin.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { ProtectionFlags } from './protection-flags.js';
import type { StepUpScope } from '../accounts/factor-set-writer.js';
import type { EndedSessions, StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Transactions, type Emit } from '../outbox/transactions.js';

/** The person who starts a set-up, and their scope: with `replace` they may not add a factor. */
export interface ScopedEnrollmentSubject extends EnrollmentSubject {
  readonly scope: StepUpScope;
}

/** The input of a start. */
export interface Wish {
  /** The id of the factor that is removed when the new one is proved. */
  readonly replaces?: string | undefined;
  /** The validated input of the set-up form. */
  readonly input?: SetUpInput;
}

/** The person who confirms a set-up. */
export interface ConfirmingSubject extends EnrollmentSubject {
  /** The pending login in state `enrol` that this set-up completes. */
  readonly pending?: TokenRef;
}

/** The input of a confirmation. */
export interface EnrollmentProof {
  readonly proof: Proof;
  readonly label: string;
}

/** The result of a confirmation. Only `enabled` changed anything. */
export type EnrollmentResult =
  | {
      readonly status: 'enabled';
      readonly factor: StoredFactor;
      readonly issued: readonly IssuedCodes[];
      /** Whether this factor turned two-factor on. */
      readonly first: boolean;
      /** The name of the factor that it replaced. */
      readonly replaced?: string | undefined;
    }
  | ({ readonly status: 'refused' } & Extract<EnrollmentVerdict, { ok: false }>);

/** The enrollment flow: draft, proof, factor. */
@Injectable()
export class Enrollment {
  constructor(
    private readonly drafts: Drafts,
    private readonly sets: FactorSetWriter,
    private readonly flags: ProtectionFlags,
    private readonly sessions: LoginSession,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Starts a draft. Where an account can have only one factor of a kind, the new one replaces it. `later`: the send
   * quota is used up.
   * @throws Problem NOT_FOUND when the account cannot use the kind, or cannot replace the factor `replaces`; CONFLICT
   * when the account has the maximum of this kind; STEP_UP_REQUIRED when the scope is `replace` and the factor would be
   * added (ASVS 5.0 7.5.1).
   */
  async begin(
    who: ScopedEnrollmentSubject,
    kind: PrimaryKind,
    origin: Origin,
    wish: Wish = {},
  ): Promise<DraftStart> {
    const { definition, behaviour } = kind;
    this.sets.requireOffered(kind, who.account);
    const replaced = this.sets.factorToReplace(definition, who, wish.replaces);
    if (who.scope === 'replace' && !replaced)
      throw new Problem('STEP_UP_REQUIRED', 'Confirm that it is you before you add a factor.');
    const records = this.sets.openRecords(definition.kind, who.accountState);
    const input = kind.ownInput(wish.input ?? {});
    const data = await behaviour.beginEnrollment(factorAccountOf(who.account), records, input);
    return this.drafts.begin(who, kind, { data, replaces: replaced?.id ?? null, input }, origin);
  }

  /**
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
    const draft = await this.drafts.find(who, kind.definition.kind);
    if (!draft) throw new Problem('CONFLICT', 'This set-up has ended. Start again to get a new code.');
    const enrolled = await this.drafts.verify(draft, kind, given.proof, origin);
    if (!enrolled.ok) return { ...enrolled, status: 'refused' };
    const factor = this.sets.newFactor(who.account, kind.definition.kind, given.label, enrolled.data);
    const issued = await this.sets.issueMissingCodes(who.account, who.accountState);
    await this.protect(who, draft, { factor, issued }, origin);
    await this.sessions.endOthers(who.account.id, who.key, who.accountState.set.version + 1);
    const { enabled, factors } = who.accountState;
    const replaced = factors.find(({ id }) => id === draft.replaces)?.label;
    return { status: 'enabled', factor, issued, first: !enabled, replaced };
  }

  /**
   * Sets the host's flag first. A process killed after that leaves the account too strictly protected, never too
   * weakly.
   */
  private async protect(
    who: ConfirmingSubject,
    draft: Draft,
    made: NewFactor,
    origin: Origin,
  ): Promise<void> {
    const { account, accountState } = who;
    try {
      await this.flags.raise(account.id, accountState.set);
      await this.commit(who, draft, made, origin);
    } catch (error) {
      // If this fails too, the next sign-in repairs the state: the flag is set, and a note gives the reason.
      await this.flags.revert(account.id, accountState.set).catch(() => undefined);
      throw error;
    }
  }

  private async commit(who: ConfirmingSubject, draft: Draft, made: NewFactor, origin: Origin): Promise<void> {
    const accountId = who.account.id;
    const { set, factors } = who.accountState;
    const replaced = factors.find(({ id }) => id === draft.replaces);
    const spent = who.pending ? [draft.ref, who.pending] : [draft.ref];
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      const primaries = set.primaryCount + (replaced ? 0 : 1);
      const change = { accountId, accountState: who.accountState, spent, by: who };
      await this.sets.bumpVersion(stores, change, primaries);
      if (replaced) await this.sets.remove(stores, emit, replaced);
      await stores.factors.insert(made.factor);
      if (set.version === 0) await stores.attempts.open(accountKey(accountId));
      emitEnrolled(emit, made.factor, {
        first: !who.accountState.enabled,
        ending: { keepKey: who.key, version: set.version + 1 },
      });
      for (const issue of made.issued) await this.sets.insertIssuedCodes(stores, emit, issue);
    });
  }
}

interface NewFactor {
  readonly factor: StoredFactor;
  readonly issued: readonly IssuedCodes[];
}

function emitEnrolled(
  emit: Emit,
  factor: StoredFactor,
  how: { first: boolean; ending: EndedSessions },
): void {
  const { kind, id: factorId, label } = factor;
  const notice = how.first ? undefined : 'factor-enrolled';
  emit('two-factor.factor.enrolled', { kind, factorId, label }, { notice, endSessions: how.ending });
  if (how.first) emit('two-factor.enabled', { kind, factorId, label }, { notice: 'enabled' });
}
