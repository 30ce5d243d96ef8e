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
/** The maximum lifetime of a step-up; callers require a newer one for more dangerous actions. */
const LIFETIME = 10 * MINUTE;
/** The age limit of a step-up for changes of factors, and of a sign-in while there is no factor yet. Minutes. */
export const FOR_FACTORS = 5;

/** The session, and the state of its account. */
export interface StepUpContext {
  readonly session: CurrentSession;
  readonly accountState: AccountState;
}

/** Recent step-ups: tokens bound to session key, account and stamp, so that any change voids them. */
@Injectable()
export class StepUpTokens {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly sessions: LoginSession,
    private readonly accountStateReader: AccountStateReader,
  ) {}

  /** Stores a step-up in the transaction that accepted it. Returns when it ends (UTC ms). */
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

  /** Whether the person behind a request passed a step-up at most `minutes` ago. */
  async freshFor(request: HostRequest, minutes: number): Promise<boolean> {
    const session = await this.sessions.current(request);
    if (!session) return false;
    return this.isFresh(
      { session, accountState: await this.accountStateReader.load(session.account.id) },
      minutes,
    );
  }

  /** Whether this session passed a step-up at most `minutes` ago. */
  async isFresh(who: StepUpContext, minutes: number): Promise<boolean> {
    const token = await this.findActive(who, 'full');
    return token !== null && token.createdAt > this.minutesAgo(minutes);
  }

  /**
   * The scope in which this session may set a factor up; null: it needs a step-up first. While there is no factor, a
   * recent sign-in is enough for the first one. A sign-in by a recovery factor is enough to replace the lost factor.
   */
  async scope(who: StepUpContext): Promise<StepUpScope | null> {
    if (this.isNewcomer(who) || (await this.isFresh(who, FOR_FACTORS))) return 'full';
    return (await this.isRecovering(who)) ? 'replace' : null;
  }

  /** Whether the session began with a recovery factor within the last ten minutes, and nothing has changed since. */
  async isRecovering(who: StepUpContext): Promise<boolean> {
    return (await this.findActive(who, 'replace')) !== null;
  }

  /** An inconsistent account does not count as "no factor yet". */
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
