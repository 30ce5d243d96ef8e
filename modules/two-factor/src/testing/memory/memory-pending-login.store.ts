import {
  PendingLoginStore,
  type PendingLoginRecord,
} from '../../core/contracts/stores/pending-login.store.js';
import type { FactorStore } from '../../core/contracts/stores/factor.store.js';
import type { Token, TokenRef, TokenStore } from '../../core/contracts/stores/token.store.js';
import type { Tables } from './tables.js';

/** Tokens with the factors of their account, in memory. */
export class MemoryPendingStore extends PendingLoginStore {
  constructor(
    private readonly tables: Tables,
    private readonly tokens: TokenStore,
    private readonly factors: FactorStore,
  ) {
    super();
  }

  async find(ref: TokenRef, now: number, most: number): Promise<PendingLoginRecord | null> {
    const token = await this.tokens.find(ref, now);
    if (!token || this.newer(token) >= most) return null;
    return { ...(await this.factors.load(token.accountId)), token };
  }

  private newer({ accountId, purpose, createdAt }: Token): number {
    const all = [...this.tables.tokens.values()];
    return all.filter(
      (other) => other.accountId === accountId && other.purpose === purpose && other.createdAt > createdAt,
    ).length;
  }
}
