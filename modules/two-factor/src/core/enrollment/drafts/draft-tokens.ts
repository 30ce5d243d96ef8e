import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../common/account.js';
import { twoFactorLimits } from '../../rate-limits/limits.js';
import { DamagedFactor } from '../../common/errors.js';
import type { FactorData, SetUpInput } from '../../contracts/factor.js';
import { Clock } from '../../contracts/ports/clock.js';
import { stampOf, type AccountState } from '../../accounts/account-state.js';
import { Stores } from '../../contracts/stores/stores.js';
import type { Token, TokenRef } from '../../contracts/stores/token.store.js';
import { SecretStorage } from '../../encryption/secret-storage.js';

const TRIES = twoFactorLimits['set-up-answers'].limit;

/** The person who sets a factor up: signed in, or with a pending login in state `enrol`. */
export interface EnrollmentSubject {
  readonly account: Account;
  readonly accountState: AccountState;
  readonly key: string;
}

/** The initial values of a draft. */
export interface NewDraft {
  readonly data: FactorData;
  /** The factor that is removed when this one is proved. */
  readonly replaces: string | null;
  /** The input of the set-up form. */
  readonly input: SetUpInput;
}

/** A factor during its set-up. It is off until it is proved. */
export interface Draft extends NewDraft {
  readonly ref: TokenRef;
  readonly kind: string;
  /** The answers so far that were checked. */
  readonly misses: number;
  readonly expiresAt: number;
}

/** The stored drafts: one for each session and kind. */
@Injectable()
export class DraftTokens {
  constructor(
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** A new draft; it is not stored yet. */
  create(
    { account, accountState, key }: EnrollmentSubject,
    subtype: string,
    { data, replaces, input }: NewDraft,
    times: Pick<Token, 'createdAt' | 'expiresAt'>,
  ): Token {
    const owner = { id: randomUUID(), accountId: account.id };
    const sealed = this.secretStorage.sealToken({ data, replaces, input }, owner);
    const bound = { key, subtype, stamp: stampOf(account, accountState.set) };
    return { ...owner, ...bound, ...times, purpose: 'draft', sealed, misses: 0 };
  }

  /** Returns the draft of this session, the same on every call; null when there is none. */
  async find(who: EnrollmentSubject, kind: string): Promise<Draft | null> {
    const token = await this.open(who, kind);
    if (!token) return null;
    const { id, accountId, misses, expiresAt } = token;
    return { ...this.opened(token), ref: { id, purpose: 'draft', accountId }, kind, misses, expiresAt };
  }

  /** Whether this session has a draft for the same set-up. */
  async has(who: EnrollmentSubject, kind: string, wanted: Omit<NewDraft, 'data'>): Promise<boolean> {
    const token = await this.open(who, kind);
    return token !== null && this.isSame(token, wanted);
  }

  /** Why this session has no draft of this kind: too many wrong answers, or another reason. */
  async endOf(who: EnrollmentSubject, kind: string): Promise<'tries' | 'time'> {
    const token = await this.newest(who, kind);
    return token && token.misses >= TRIES ? 'tries' : 'time';
  }

  private isSame(token: Token, wanted: Omit<NewDraft, 'data'>): boolean {
    try {
      return isSameSetUp(this.opened(token), wanted);
    } catch (error) {
      // A draft that cannot be decrypted is replaced.
      if (error instanceof DamagedFactor) return false;
      throw error;
    }
  }

  private opened(token: Token): NewDraft {
    const { data, replaces, input } = this.secretStorage.openToken(token);
    return {
      data: data as FactorData,
      replaces: typeof replaces === 'string' ? replaces : null,
      input: (input ?? {}) as SetUpInput,
    };
  }

  private async open(who: EnrollmentSubject, kind: string): Promise<Token | null> {
    const token = await this.newest(who, kind);
    if (token?.stamp !== stampOf(who.account, who.accountState.set)) return null;
    return token.misses < TRIES ? token : null;
  }

  private newest({ account, key }: EnrollmentSubject, subtype: string): Promise<Token | null> {
    const of = { purpose: 'draft', accountId: account.id, key, subtype } as const;
    return this.stores.tokens.newest(of, this.clock.now());
  }

  /**
   * One draft of a session and kind remains: the new one, or the older of two equal ones that were begun at the same
   * moment.
   */
  async removeOthers(token: Token, begun: NewDraft): Promise<void> {
    const { id, accountId, key, subtype, stamp } = token;
    const now = this.clock.now();
    const drafts = await this.stores.tokens.list({ purpose: 'draft', accountId }, now);
    const others = drafts.filter(
      (other) => other.id !== id && other.key === key && other.subtype === subtype,
    );
    const isOpen = (other: Token) => other.stamp === stamp && other.misses < TRIES;
    const isEqual = (other: Token) => isOpen(other) && isOlder(other, token) && this.isSame(other, begun);
    const ended = others.some(isEqual)
      ? [token]
      : others.filter((other) => !isOpen(other) || isOlder(other, token));
    for (const draft of ended) await this.stores.tokens.consume(draft, now);
  }
}

/** Whether two set-ups replace the same factor and have the same input. */
function isSameSetUp(
  one: Pick<NewDraft, 'replaces' | 'input'>,
  other: Pick<NewDraft, 'replaces' | 'input'>,
): boolean {
  return one.replaces === other.replaces && JSON.stringify(one.input) === JSON.stringify(other.input);
}

function isOlder(one: Token, other: Token): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id);
}
