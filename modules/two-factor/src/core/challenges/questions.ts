import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { FactorData, FactorRecord, Prompt, Proof, View } from '../contracts/factor.js';
import { FactorRegistry, type Kind } from '../accounts/factor-registry.js';
import { seenByFactors } from '../contracts/own-proof.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Standing } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { Vault } from '../encryption/vault.js';

/** How long an answer may take that needs its question (WebAuthn level 3 §13.4.3 leaves it to us): 5 minutes. */
const LIFETIME = 5 * 60_000;

/** Where a question is put: to a held login, or, without one, to a session that confirms. */
export interface Asking {
  readonly accountId: string;
  /** The session key; null: nobody is asked by us. */
  readonly key: string | null;
  readonly held?: TokenRef | undefined;
}

/** What the page of a kind shows beside its field, and what programs get. */
interface Shown {
  readonly show: View;
  readonly json: View;
}

/**
 * Questions, and what a kind needs again for the answer (a challenge): kept sealed, bound to the place where it was asked,
 * handed back once. Only the newest question of a kind and a place can be answered; an answer to another one leaves it alone.
 */
@Injectable()
export class Questions {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Puts a new question: the one put before can be answered no more. */
  async ask(kind: string, account: Account, standing: Standing, asking: Asking): Promise<Shown> {
    const known = this.registry.find(kind);
    if (!known) return { show: {}, json: {} };
    const prompt = await known.act.prompt(seenByFactors(account), this.records(known, standing));
    if (prompt.memo && known.act.prompted) await this.keep(kind, prompt.memo, asking);
    return shown(prompt);
  }

  /** The question that can be answered here, shown again; a new one only where there is none. */
  async again(kind: string, account: Account, standing: Standing, asking: Asking): Promise<Shown> {
    const known = this.registry.find(kind);
    const prompted = known?.act.prompted;
    const token = prompted && (await this.open(kind, asking));
    if (!known || !token) return this.ask(kind, account, standing, asking);
    const records = this.records(known, standing);
    return shown(await prompted.again(seenByFactors(account), records, this.vault.openToken(token)));
  }

  /**
   * What the question left for this answer to it; from now on it can be answered no more. Undefined: the answer is not one to the
   * newest question here, which then stays as it is, or that one was answered a moment ago or is too old.
   */
  async take({ card, act, own }: Kind, proof: Proof, asking: Asking): Promise<FactorData | undefined> {
    const token = await this.open(card.kind, asking);
    if (!token) return undefined;
    const memo = this.vault.openToken(token);
    if (act.prompted?.answers(own(proof), memo) !== true) return undefined;
    return (await this.stores.tokens.consume(token, this.clock.now())) ? memo : undefined;
  }

  private records({ card }: Kind, { factors }: Standing): FactorRecord[] {
    return factors.filter(({ kind }) => kind === card.kind).map((stored) => this.vault.openFactor(stored));
  }

  private async open(kind: string, asking: Asking): Promise<Token | undefined> {
    const token = await this.last(kind, asking);
    return token?.stamp === placeOf(asking) ? token : undefined;
  }

  private async keep(kind: string, memo: FactorData, asking: Asking): Promise<void> {
    const now = this.clock.now();
    const before = await this.last(kind, asking);
    if (before) await this.stores.tokens.consume(before, now);
    const owner = { id: randomUUID(), accountId: asking.accountId };
    await this.stores.tokens.insert({
      ...owner,
      ...{ purpose: 'prompt', key: asking.key ?? '', variety: kind, stamp: placeOf(asking), misses: 0 },
      ...{ sealed: this.vault.sealToken(memo, owner), createdAt: now, expiresAt: now + LIFETIME },
    });
  }

  private async last(kind: string, { accountId, key }: Asking): Promise<Token | null> {
    if (key === null) return null;
    const of = { purpose: 'prompt', accountId, key, variety: kind } as const;
    return this.stores.tokens.newest(of, this.clock.now());
  }
}

function shown({ show, json = {} }: Prompt): Shown {
  return { show, json };
}

function placeOf({ held }: Asking): string {
  return held ? `held:${held.id}` : 'confirm';
}
