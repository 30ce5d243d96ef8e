import {
  TokenStore,
  type Token,
  type TokenPurpose,
  type TokenRef,
} from '../../core/contracts/stores/token.store.js';
import { add, type Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

/** Tokens, in memory. */
export class MemoryTokenStore extends TokenStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  insert(token: Token): Promise<void> {
    return this.run(() => add(this.tables.tokens, token));
  }

  find(ref: TokenRef, now: number): Promise<Token | null> {
    return this.run(() => this.living(ref, now) ?? null);
  }

  newest(
    of: Pick<Token, 'purpose' | 'accountId' | 'key'> & { readonly subtype?: string },
    now: number,
  ): Promise<Token | null> {
    return this.run(
      () =>
        this.newestFirst(of.accountId, of.purpose).find(
          ({ key, subtype, expiresAt }) =>
            key === of.key && expiresAt > now && subtype === (of.subtype ?? subtype),
        ) ?? null,
    );
  }

  list({ purpose, accountId }: Pick<Token, 'purpose' | 'accountId'>, now: number): Promise<readonly Token[]> {
    return this.run(() => this.newestFirst(accountId, purpose).filter(({ expiresAt }) => expiresAt > now));
  }

  countMiss(ref: TokenRef, limit: number, now: number): Promise<boolean> {
    return this.run(() => {
      const token = this.living(ref, now);
      if (!token || token.misses >= limit) return false;
      this.tables.tokens.set(token.id, { ...token, misses: token.misses + 1 });
      return true;
    });
  }

  refundMiss(ref: TokenRef): Promise<void> {
    return this.run(() => {
      const token = this.living(ref, -Infinity);
      if (token && token.misses > 0) this.tables.tokens.set(token.id, { ...token, misses: token.misses - 1 });
    });
  }

  consume(ref: TokenRef, now: number): Promise<boolean> {
    return this.run(() => this.living(ref, now) !== undefined && this.tables.tokens.delete(ref.id));
  }

  override replace(ref: TokenRef, next: Token, now: number): Promise<boolean> {
    return this.run(() => {
      if (!this.living(ref, now)) return false;
      this.tables.tokens.delete(ref.id);
      add(this.tables.tokens, next);
      return true;
    });
  }

  discard(accountId: string, purpose?: TokenPurpose, until = Infinity): Promise<void> {
    return this.run(() =>
      this.deleteWhere(
        (token) =>
          token.accountId === accountId &&
          token.purpose === (purpose ?? token.purpose) &&
          token.createdAt <= until,
      ),
    );
  }

  sweep(now: number): Promise<void> {
    return this.run(() => this.deleteWhere(({ expiresAt }) => expiresAt < now));
  }

  private living({ id, purpose, accountId }: TokenRef, now: number): Token | undefined {
    const token = this.tables.tokens.get(id);
    const isMeant = token?.purpose === purpose && token.accountId === accountId && token.expiresAt > now;
    return isMeant ? token : undefined;
  }

  private newestFirst(accountId: string, purpose: TokenPurpose): Token[] {
    return [...this.tables.tokens.values()]
      .filter((token) => token.accountId === accountId && token.purpose === purpose)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }

  private deleteWhere(isMeant: (token: Token) => boolean): void {
    for (const token of this.tables.tokens.values()) if (isMeant(token)) this.tables.tokens.delete(token.id);
  }
}
