import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from './account.js';
import type { FactorData, View } from './factor.js';
import { FactorRegistry } from './factor-registry.js';
import { seenByFactors } from './own-proof.js';
import { Clock } from './ports/clock.js';
import type { Standing } from './standing.js';
import { Stores } from './stores/stores.js';
import type { Token, TokenRef } from './stores/token.store.js';
import { Vault } from './vault.js';

/** How long an answer may take that needs its question (WebAuthn level 3 §13.4.3 leaves it to us): 5 minutes. */
const LIFETIME = 5 * 60_000;

/** Where a question is put: to a held login, or, without one, to a session that confirms. */
export interface Asking {
  readonly accountId: string;
  /** The session key; null: nobody is asked by us. */
  readonly key: string | null;
  readonly held?: TokenRef | undefined;
}

/**
 * Questions, and what a kind needs again for the answer (a challenge): kept sealed, bound to the place where it was asked,
 * handed back once. Only the newest question of a kind and a place can be answered.
 */
@Injectable()
export class Questions {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** What the page of a kind shows beside its field, and what programs get. */
  async ask(
    kind: string,
    account: Account,
    standing: Standing,
    asking: Asking,
  ): Promise<{ readonly show: View; readonly json: View }> {
    const known = this.registry.find(kind);
    if (!known) return { show: {}, json: {} };
    const own = standing.factors.filter((stored) => stored.kind === kind);
    const records = own.map((stored) => this.vault.openFactor(stored));
    const { show, json = {}, memo } = await known.act.prompt(seenByFactors(account), records);
    if (memo) await this.keep(kind, memo, asking);
    return { show, json };
  }

  /** What the question left for its answer; undefined: nothing was asked here, it is too old, or was answered already. */
  async memo(kind: string, asking: Asking): Promise<FactorData | undefined> {
    if (!this.registry.find(kind)?.card.prompted) return undefined;
    const token = await this.last(kind, asking);
    if (!token || token.stamp !== placeOf(asking)) return undefined;
    if (!(await this.stores.tokens.consume(token, this.clock.now()))) return undefined;
    return this.vault.openToken(token);
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

function placeOf({ held }: Asking): string {
  return held ? `held:${held.id}` : 'confirm';
}
