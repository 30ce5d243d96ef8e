import { Injectable } from '@nestjs/common';
import { accountKey } from '../rate-limits/rate-limits.js';
import { FactorSetWriter, type IssuedCodes } from '../accounts/factor-set-writer.js';
import type { Origin } from '../common/origin.js';
import type { Proof } from '../contracts/factor.js';
import type { EndedSessions, StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import type { Draft, EnrollmentSubject } from './drafts/draft-tokens.js';
import { EnrollmentResults, type SetUpFacts } from './enrollment-results.js';
import { ProtectionFlags } from './protection-flags.js';
import { UnsavedCodes } from './codes/unsaved-codes.js';

/** The person who confirms a set-up. */
export interface ConfirmingSubject extends EnrollmentSubject {
  /** The pending login in state `enrol` that this set-up completes. */
  readonly pending?: TokenRef;
}

/** A proved factor before its commit. */
export interface NewFactor {
  readonly factor: StoredFactor;
  readonly issued: readonly IssuedCodes[];
  readonly proof: Proof;
  /** Whether a person sent a form. */
  readonly byForm: boolean;
}

/** Commits a set-up in one transaction, under the host's protection flag. */
@Injectable()
export class EnrollmentCommit {
  constructor(
    private readonly sets: FactorSetWriter,
    private readonly flags: ProtectionFlags,
    private readonly transactions: Transactions,
    private readonly unsaved: UnsavedCodes,
    private readonly results: EnrollmentResults,
  ) {}

  /**
   * Sets the host's flag first. A process killed after that leaves the account too strictly protected, never too
   * weakly.
   * @throws Problem CONFLICT when the factors have changed since they were read, or the draft was consumed; COOLING_DOWN
   * when a factor would be replaced during the brake, or the account is frozen.
   */
  async commit(who: ConfirmingSubject, draft: Draft, made: NewFactor, origin: Origin): Promise<SetUpFacts> {
    const { account, accountState } = who;
    try {
      await this.flags.raise(account.id, accountState.set);
      return await this.store(who, draft, made, origin);
    } catch (error) {
      // If this fails too, the next sign-in repairs the state: the flag is set, and a note gives the reason.
      await this.flags.revert(account.id, accountState.set).catch(() => undefined);
      throw error;
    }
  }

  private async store(who: ConfirmingSubject, draft: Draft, made: NewFactor, origin: Origin) {
    const { account, accountState, key } = who;
    const [accountId, { set, factors, enabled }] = [account.id, accountState];
    const replaced = factors.find(({ id }) => id === draft.replaces);
    const facts = {
      factor: plain(made.factor),
      first: !enabled,
      replaced: replaced?.label ?? null,
      madeCodes: made.issued.length > 0,
    };
    const spent = who.pending ? [draft.ref, who.pending] : [draft.ref];
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      const primaries = set.primaryCount + (replaced ? 0 : 1);
      await this.sets.bumpVersion(stores, { accountId, accountState, spent, by: who }, primaries);
      if (replaced && !who.pending) await this.sets.brake.requireReplaceable(accountId, stores);
      if (replaced) await this.sets.remove(stores, emit, replaced, { replacedBy: made.factor.id });
      await stores.factors.insert(made.factor);
      if (set.version === 0) await stores.attempts.open(accountKey(accountId));
      emitEnrolled(emit, facts, made, { keepKey: key, version: set.version + 1 });
      if (made.byForm) await this.results.store(stores, { accountId, key }, facts, made.proof);
      await this.storeCodes(stores, emit, { who, made, facts });
      await this.sets.brake.afterEnrollment(stores, emit, accountId);
    });
    return facts;
  }

  private async storeCodes(
    stores: Stores,
    emit: Emit,
    { who, made, facts }: { who: ConfirmingSubject; made: NewFactor; facts: SetUpFacts },
  ): Promise<void> {
    for (const issue of made.issued) {
      await this.sets.insertIssuedCodes(stores, emit, issue);
      if (made.byForm) await this.unsaved.keep(stores, who, issue, facts);
    }
  }
}

function emitEnrolled(
  emit: Emit,
  { factor, first, replaced }: SetUpFacts,
  { issued }: NewFactor,
  endSessions: EndedSessions,
): void {
  const { kind, id: factorId, label } = factor;
  const added = { added: [factorId, ...issued.map(({ row }) => row.id)], wasOff: first };
  const data = { kind, factorId, label, ...(replaced !== null && { replaced }) };
  const notice = replaced === null ? 'factor-enrolled' : 'factor-replaced';
  emit('two-factor.factor.enrolled', data, { ...(!first && { notice, added }), endSessions });
  if (first) emit('two-factor.enabled', { kind, factorId, label }, { notice: 'enabled', added });
}

function plain({ id, kind, label }: StoredFactor): SetUpFacts['factor'] {
  return { id, kind, label };
}
