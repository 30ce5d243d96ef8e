import { Injectable } from '@nestjs/common';
import { VerifierFailed } from '../common/errors.js';
import { CodeDelivery, type PosedChallenge } from '../challenges/code-delivery.js';
import type { FactorData, FactorRecord, Proof, Refused, Verdict, View } from '../contracts/factor.js';
import { FactorRegistry, type Kind } from '../accounts/factor-registry.js';
import { ChallengeStates } from '../challenges/challenge-states.js';
import { proofText } from '../contracts/proof-filter.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';
import { verdictOf } from './verdict.js';

/** Refusals that show which of several factors was meant. */
const PREFERRED_REASONS: readonly Refused[] = ['used', 'copied'];

/** A factor that the answer fits, and what becomes of its data. */
export interface MatchedFactor {
  readonly stored: StoredFactor;
  /** The new data; absent: it stays as it is. */
  readonly data?: FactorData;
}

/** What an answer is worth against all factors of its kind. */
export type MatchResult =
  | { readonly ok: true; readonly proved: readonly MatchedFactor[] }
  | { readonly ok: false; readonly reason: Refused; readonly hint?: View };

/** What an answer is judged by, beside the record. */
export interface LoadedState {
  readonly challengeState: FactorData;
  /** Used up by the unit that accepts the answer. */
  readonly spends?: TokenRef;
}

/** Recognises what kind an answer is of, and judges it. Knows no kind by name; judging touches no database. */
@Injectable()
export class FactorMatcher {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly challengeStates: ChallengeStates,
    private readonly codeDelivery: CodeDelivery,
  ) {}

  /**
   * What the kind's question left for this answer, which is then its only one; empty where the kind needs nothing. Undefined: it
   * is no answer to the newest question here.
   * @throws VerifierFailed
   */
  async consumeState(
    kind: Kind,
    proof: Proof,
    { place }: Pick<PosedChallenge, 'place'>,
  ): Promise<Partial<LoadedState> | undefined> {
    if (!kind.behaviour.prompted) return {};
    try {
      const challengeState = await this.challengeStates.consume(kind, proof, place);
      return challengeState && { challengeState };
    } catch (cause) {
      throw new VerifierFailed(kind.definition.kind, '', cause);
    }
  }

  /** What was mailed for this answer, one try spent; undefined: nothing, or the kind mails nothing. */
  async loadState({ definition }: Kind, posed: PosedChallenge): Promise<LoadedState | undefined> {
    const delivery = this.registry.primary(definition.kind)?.behaviour.delivery;
    return delivery && this.codeDelivery.load(definition.kind, delivery, posed);
  }

  /**
   * The kind an answer is of: the one asked for where it reads like it, else another that the account has (a backup
   * code typed into the code field is recognised). Undefined: malformed, or nothing of that kind is set up and serves them.
   */
  kindOf(
    asked: string,
    proof: Proof,
    { account, accountState }: Omit<PosedChallenge, 'place'>,
  ): Kind | undefined {
    const factors = this.registry.usable(account, accountState.factors);
    const enrolled = this.registry
      .all()
      .filter(({ definition }) => factors.some(({ kind }) => kind === definition.kind));
    const reading = enrolled.filter(({ definition, own }) => definition.matches(proofText(own(proof))));
    return reading.find(({ definition }) => definition.kind === asked) ?? reading[0];
  }

  /** Judges an answer against each factor of the kind; every one it fits counts as proved. `challengeState`: what was asked. */
  async match(
    { definition, behaviour, own }: Kind,
    given: Proof,
    factors: readonly StoredFactor[],
    challengeState?: FactorData,
  ): Promise<MatchResult> {
    const proof = own(given);
    const proved: MatchedFactor[] = [];
    let refusal: Extract<MatchResult, { ok: false }> = { ok: false, reason: 'wrong' };
    for (const stored of factors.filter(({ kind }) => kind === definition.kind)) {
      const verdict = await this.verdict(stored, (record) => behaviour.verify(record, proof, challengeState));
      if (verdict.ok) proved.push({ stored, data: verdict.data });
      else if (!PREFERRED_REASONS.includes(refusal.reason))
        refusal = { ...verdict, hint: verdict.hint ?? refusal.hint };
    }
    return proved.length > 0 ? { ok: true, proved } : refusal;
  }

  private async verdict(
    stored: StoredFactor,
    verify: (record: FactorRecord) => Promise<Verdict>,
  ): Promise<Verdict> {
    try {
      const record = this.secretStorage.openFactor(stored);
      return await verdictOf(() => verify(record));
    } catch (cause) {
      throw new VerifierFailed(stored.kind, stored.id, cause);
    }
  }
}
