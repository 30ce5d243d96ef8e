import { Injectable } from '@nestjs/common';
import { VerifierFailed } from '../common/errors.js';
import { CodeDelivery, type PosedChallenge } from '../challenges/code-delivery.js';
import type { FactorData, FactorRecord, Proof, Refused, Verdict, View } from '../contracts/factor.js';
import { FactorRegistry, isHandedOut, type HandedOutKind, type Kind } from '../accounts/factor-registry.js';
import { ChallengeStates } from '../challenges/challenge-states.js';
import { proofText } from '../contracts/proof-filter.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';
import { namedFactor, type MatchedFactor, type NamedFactor } from './matched-factor.js';
import { verdictOf } from './verdict.js';

/** Reasons that show which one of several factors the answer came from. */
const PREFERRED_REASONS: readonly Refused[] = ['used', 'copied'];

/** The result of an answer against all factors of its kind. */
export type MatchResult =
  | { readonly ok: true; readonly proved: readonly MatchedFactor[] }
  | ({ readonly ok: false; readonly named: NamedFactor } & Refusal);

/** Why an answer is refused. */
interface Refusal {
  readonly reason: Refused;
  readonly hint?: View;
}

/** The state that checks an answer, besides the record. */
export interface LoadedState {
  readonly challengeState: FactorData;
  /** The token that the transaction of an accepted answer consumes. */
  readonly spends?: TokenRef;
}

/**
 * Finds the kind of an answer and verifies the answer. It knows no kind by name, and verification does not use the
 * database.
 */
@Injectable()
export class FactorMatcher {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly challengeStates: ChallengeStates,
    private readonly codeDelivery: CodeDelivery,
  ) {}

  /**
   * Consumes and returns the state of the kind's challenge; empty where the kind needs none. Undefined when the answer
   * does not belong to the newest challenge.
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

  /**
   * Loads the state of the code that was sent, with one attempt counted, or of the code that staff handed out; undefined
   * where there is none, or the kind has no such codes.
   */
  async loadState(kind: Kind, posed: PosedChallenge): Promise<LoadedState | undefined> {
    if (isHandedOut(kind)) return this.handedOut(posed);
    const { definition } = kind;
    const delivery = this.registry.primary(definition.kind)?.behaviour.delivery;
    return delivery && this.codeDelivery.load(definition.kind, delivery, posed);
  }

  /**
   * The kind of an answer: the requested one where the answer looks like it, else another one that the account has. A
   * backup code in the code field is recognised this way. Undefined when the answer is malformed, or the account has no
   * usable factor of its kind. A code that staff handed out is for a sign-in only; it is recognised after its end too.
   */
  kindOf(asked: string, proof: Proof, { account, accountState, place }: PosedChallenge): Kind | undefined {
    const factors = this.registry.usable(account, accountState.factors);
    const enrolled = this.registry
      .all()
      .filter(({ definition }) => factors.some(({ kind }) => kind === definition.kind));
    const hasReset = place.pending !== undefined && accountState.set.reset === 'one-time-code';
    const handedOut = hasReset ? (this.registry.handedOut() ?? []) : [];
    const reading = enrolled
      .concat(handedOut)
      .filter(({ definition, own }) => definition.matches(proofText(own(proof))));
    return reading.find(({ definition }) => definition.kind === asked) ?? reading[0];
  }

  /**
   * Verifies an answer against each factor of the kind; every match counts as proved. `challengeState`: the state of
   * the challenge, or the code that staff handed out, which belongs to no factor.
   */
  async match(
    known: Kind,
    given: Proof,
    factors: readonly StoredFactor[],
    challengeState?: FactorData,
  ): Promise<MatchResult> {
    const { definition, behaviour, own } = known;
    const proof = own(given);
    if (isHandedOut(known)) return this.matchHandedOut(known, proof, challengeState);
    const proved: MatchedFactor[] = [];
    const recognized: StoredFactor[] = [];
    let refusal: Refusal = { reason: 'wrong' };
    for (const stored of factors.filter(({ kind }) => kind === definition.kind)) {
      const verdict = await this.verdict(stored, (record) => behaviour.verify(record, proof, challengeState));
      if (verdict.ok) {
        proved.push({ stored, data: verdict.data });
        continue;
      }
      if (PREFERRED_REASONS.includes(verdict.reason)) recognized.push(stored);
      if (!PREFERRED_REASONS.includes(refusal.reason))
        refusal = { reason: verdict.reason, hint: verdict.hint ?? refusal.hint };
    }
    if (proved.length > 0) return { ok: true, proved };
    const { reason, hint } = refusal;
    return { ok: false, named: namedFactor(definition.kind, recognized), reason, hint };
  }

  private handedOut({ accountState }: PosedChallenge): LoadedState | undefined {
    const token = accountState.oneTimeCode;
    return token && { challengeState: this.secretStorage.openToken(token), spends: token };
  }

  private async matchHandedOut(
    { definition: { kind }, behaviour }: HandedOutKind,
    proof: Proof,
    data: FactorData | undefined,
  ): Promise<MatchResult> {
    const refused = { ok: false, named: { kind } } as const;
    if (!data) return { ...refused, reason: 'wrong' };
    const record = { id: '', kind, label: '', data, createdAt: 0, lastUsedAt: null };
    try {
      const verdict = await verdictOf(() => behaviour.verify(record, proof));
      return verdict.ok ? { ok: true, proved: [] } : { ...refused, reason: verdict.reason };
    } catch (cause) {
      throw new VerifierFailed(kind, '', cause);
    }
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
