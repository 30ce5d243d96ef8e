import { Injectable } from '@nestjs/common';
import { VerifierFailed } from '../common/errors.js';
import { Deliveries, type Posed } from '../challenges/deliveries.js';
import type { FactorData, FactorRecord, Proof, Refused, Verdict, View } from '../contracts/factor.js';
import { FactorRegistry, type Kind } from '../accounts/factor-registry.js';
import { Questions } from '../challenges/questions.js';
import { proofText } from '../contracts/own-proof.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Vault } from '../encryption/vault.js';
import { verdictOf } from './verdict.js';

/** Refusals that show which of several factors was meant. */
const MEANT: readonly Refused[] = ['used', 'copied'];

/** A factor that the answer fits, and what becomes of its data. */
export interface Proved {
  readonly stored: StoredFactor;
  /** The new data; absent: it stays as it is. */
  readonly data?: FactorData;
}

/** What an answer is worth against all factors of its kind. */
export type Judgement =
  | { readonly ok: true; readonly proved: readonly Proved[] }
  | { readonly ok: false; readonly reason: Refused; readonly hint?: View };

/** What an answer is judged by, beside the record. */
export interface Recalled {
  readonly memo: FactorData;
  /** Used up by the unit that accepts the answer. */
  readonly spends?: TokenRef;
}

/** Recognises what kind an answer is of, and judges it. Knows no kind by name; judging touches no database. */
@Injectable()
export class Judge {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly vault: Vault,
    private readonly questions: Questions,
    private readonly deliveries: Deliveries,
  ) {}

  /**
   * What the kind's question left for this answer, which is then its only one; empty where the kind needs nothing. Undefined: it
   * is no answer to the newest question here.
   * @throws VerifierFailed
   */
  async take(
    kind: Kind,
    proof: Proof,
    { place }: Pick<Posed, 'place'>,
  ): Promise<Partial<Recalled> | undefined> {
    if (!kind.act.prompted) return {};
    try {
      const memo = await this.questions.take(kind, proof, place);
      return memo && { memo };
    } catch (cause) {
      throw new VerifierFailed(kind.card.kind, '', cause);
    }
  }

  /** What was mailed for this answer, one try spent; undefined: nothing, or the kind mails nothing. */
  async recall({ card }: Kind, posed: Posed): Promise<Recalled | undefined> {
    const delivery = this.registry.primary(card.kind)?.act.delivery;
    return delivery && this.deliveries.recall(card.kind, delivery, posed);
  }

  /**
   * The kind an answer is of: the one asked for where it reads like it, else another that the account has (a backup
   * code typed into the code field is recognised). Undefined: malformed, or nothing of that kind is set up and serves them.
   */
  kindOf(asked: string, proof: Proof, { account, standing }: Omit<Posed, 'place'>): Kind | undefined {
    const factors = this.registry.usable(account, standing.factors);
    const enrolled = this.registry.all().filter(({ card }) => factors.some(({ kind }) => kind === card.kind));
    const reading = enrolled.filter(({ card, own }) => card.reads(proofText(own(proof))));
    return reading.find(({ card }) => card.kind === asked) ?? reading[0];
  }

  /** Judges an answer against each factor of the kind; every one it fits counts as proved. `memo`: what was asked. */
  async judge(
    { card, act, own }: Kind,
    given: Proof,
    factors: readonly StoredFactor[],
    memo?: FactorData,
  ): Promise<Judgement> {
    const proof = own(given);
    const proved: Proved[] = [];
    let refusal: Extract<Judgement, { ok: false }> = { ok: false, reason: 'wrong' };
    for (const stored of factors.filter(({ kind }) => kind === card.kind)) {
      const verdict = await this.verdict(stored, (record) => act.verify(record, proof, memo));
      if (verdict.ok) proved.push({ stored, data: verdict.data });
      else if (!MEANT.includes(refusal.reason)) refusal = { ...verdict, hint: verdict.hint ?? refusal.hint };
    }
    return proved.length > 0 ? { ok: true, proved } : refusal;
  }

  private async verdict(
    stored: StoredFactor,
    verify: (record: FactorRecord) => Promise<Verdict>,
  ): Promise<Verdict> {
    try {
      const record = this.vault.openFactor(stored);
      return await verdictOf(() => verify(record));
    } catch (cause) {
      throw new VerifierFailed(stored.kind, stored.id, cause);
    }
  }
}
