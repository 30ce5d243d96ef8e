import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Clock } from '../contracts/ports/clock.js';
import { LoginSession, type CurrentSession, type HostRequest } from '../contracts/ports/login-session.js';
import type { StepUpScope } from '../accounts/factor-set-writer.js';
import { AccountStateReader, stampOf, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token } from '../contracts/stores/token.store.js';

const MINUTE = 60_000;
/** Longest any step-up counts; callers ask for less where the click is more dangerous. */
const LIFETIME = 10 * MINUTE;
/** For changing factors, and how long a sign-in counts as one while there is no factor yet. Minutes. */
export const FOR_FACTORS = 5;

/** Whose session, and how the account stands. */
export interface StepUpContext {
  readonly session: CurrentSession;
  readonly accountState: AccountState;
}

/** What was confirmed lately: tokens bound to session key, account and stamp, so that any change voids them. */
@Injectable()
export class StepUpTokens {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly sessions: LoginSession,
    private readonly accountStateReader: AccountStateReader,
  ) {}

  /** Remembers a confirmation, in the unit that accepted it. Answers until when it counts (UTC ms). */
  async grant(
    stores: Stores,
    scope: StepUpScope,
    to: { readonly account: Account; readonly accountState: AccountState; readonly key: string },
  ): Promise<number> {
    const now = this.clock.now();
    const { account, accountState, key } = to;
    const bound = { accountId: account.id, key, stamp: stampOf(account, accountState.set) };
    const token: Token = {
      ...bound,
      id: randomUUID(),
      purpose: 'step-up',
      subtype: scope,
      sealed: null,
      misses: 0,
      createdAt: now,
      expiresAt: now + LIFETIME,
    };
    await stores.tokens.insert(token);
    return now + FOR_FACTORS * MINUTE;
  }

  /** Did the person behind a request confirm no longer than `minutes` ago? */
  async freshFor(request: HostRequest, minutes: number): Promise<boolean> {
    const session = await this.sessions.current(request);
    if (!session) return false;
    return this.isFresh(
      { session, accountState: await this.accountStateReader.load(session.account.id) },
      minutes,
    );
  }

  /** Did this session confirm no longer than `minutes` ago? */
  async isFresh(who: StepUpContext, minutes: number): Promise<boolean> {
    const token = await this.findActive(who, 'full');
    return token !== null && token.createdAt > this.minutesAgo(minutes);
  }

  /**
   * How far this session may go in setting a factor up; null: it must confirm first. While there is no factor, a recent
   * sign-in is enough for the first one; a sign-in by a recovery factor is, for replacing what was lost.
   */
  async scope(who: StepUpContext): Promise<StepUpScope | null> {
    if (this.isNewcomer(who) || (await this.isFresh(who, FOR_FACTORS))) return 'full';
    return (await this.isRecovering(who)) ? 'replace' : null;
  }

  /** Signed in by a recovery factor within the last ten minutes, and nothing was changed since. */
  async isRecovering(who: StepUpContext): Promise<boolean> {
    return (await this.findActive(who, 'replace')) !== null;
  }

  /** Rows that do not add up are no "no factor yet". */
  private isNewcomer({ session, accountState }: StepUpContext): boolean {
    const isBare = !accountState.enabled && !accountState.damaged;
    return isBare && session.signedInAt > this.minutesAgo(FOR_FACTORS);
  }

  private minutesAgo(minutes: number): number {
    return this.clock.now() - minutes * MINUTE;
  }

  private async findActive(
    { session, accountState }: StepUpContext,
    subtype: StepUpScope,
  ): Promise<Token | null> {
    const { account, key } = session;
    const of = { purpose: 'step-up', accountId: account.id, key, subtype } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    return token?.stamp === stampOf(account, accountState.set) ? token : null;
  }
}
