import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Clock } from '../contracts/ports/clock.js';
import { LoginSession, type CurrentSession, type HostRequest } from '../contracts/ports/login-session.js';
import type { StepUpScope } from '../accounts/void-tokens.js';
import { AccountStateReader, stampOf, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { bindingOf, type TwoFactorAct } from './act.js';

const MINUTE = 60_000;
/** The maximum lifetime of a step-up; callers require a newer one for more dangerous actions. */
const LIFETIME = 10 * MINUTE;
/** The age limit of a step-up for changes of factors, and of a sign-in that counts as one. Minutes. */
export const FOR_FACTORS = 5;

/** The subtype of a step-up that named no action; the first action that needs it binds it. */
const UNBOUND = 'full';
/** The subtype of a sign-in with password and factor, which opens the person's own settings. */
const SIGN_IN = 'sign-in';
/** The subtype of a sign-in by a recovery factor, which opens one replacing enrollment. */
const RECOVERY = 'replace';

/** The session, and the state of its account. */
export interface StepUpContext {
  readonly session: CurrentSession;
  readonly accountState: AccountState;
}

/** The account and the session key of a new step-up. */
export interface StepUpOwner {
  readonly account: Account;
  readonly accountState: { readonly set: Pick<AccountState['set'], 'version'> };
  readonly key: string;
}

/** What a step-up is granted for: an action's binding (default: unbound), and the row that it consumes. */
export interface StepUpGrant {
  readonly binding?: string | undefined;
  readonly consumes?: TokenRef | undefined;
}

/**
 * Recent step-ups: tokens bound to session key, account and stamp, so that any change voids them, and to one action
 * with its parameters.
 */
@Injectable()
export class StepUpTokens {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly sessions: LoginSession,
    private readonly accountStateReader: AccountStateReader,
  ) {}

  /**
   * Stores a step-up in the transaction that accepted it. Returns when it ends for factors (UTC ms); null when the row
   * that it consumes no longer exists.
   */
  async grant(
    stores: Stores,
    owner: StepUpOwner,
    { binding = UNBOUND, consumes }: StepUpGrant = {},
  ): Promise<number | null> {
    const token = this.token(owner, binding, LIFETIME);
    if (!consumes) await stores.tokens.insert(token);
    else if (!(await stores.tokens.replace(consumes, token, token.createdAt))) return null;
    return token.createdAt + FOR_FACTORS * MINUTE;
  }

  /**
   * Consumes a pending login and leaves a step-up in its row, in one statement: a sign-in is itself a proof. A recovery
   * factor proves only the right to replace what was lost. False when the pending login no longer exists.
   */
  afterSignIn(
    stores: Stores,
    pending: StepUpOwner & { readonly ref: TokenRef },
    role: 'primary' | 'recovery',
  ): Promise<boolean> {
    const token =
      role === 'recovery'
        ? this.token(pending, RECOVERY, LIFETIME)
        : this.token(pending, SIGN_IN, FOR_FACTORS * MINUTE);
    return stores.tokens.replace(pending.ref, token, token.createdAt);
  }

  /** Stores the proof of a sign-in that had no pending login: by a factor that counts as both. */
  async grantSignIn(request: HostRequest, version: number): Promise<void> {
    const session = await this.sessions.current(request);
    if (!session) return;
    const owner = { account: session.account, accountState: { set: { version } }, key: session.key };
    await this.stores.tokens.insert(this.token(owner, SIGN_IN, FOR_FACTORS * MINUTE));
  }

  /** The signed-in person behind a request of the host; null for visitors. */
  async contextOf(request: HostRequest): Promise<StepUpContext | null> {
    const session = await this.sessions.current(request);
    return session && { session, accountState: await this.accountStateReader.load(session.account.id) };
  }

  /** Whether this session passed a step-up for no particular action at most `minutes` ago. */
  async isFresh(who: StepUpContext, minutes: number): Promise<boolean> {
    return (await this.recent(who, minutes)).some(({ subtype }) => subtype === UNBOUND);
  }

  /**
   * Whether this session may do this: it passed a step-up for it at most `minutes` ago, or it signed in with password
   * and factor where that counts. A step-up that named no action is bound to this one from now on.
   */
  async opens(who: StepUpContext, act: TwoFactorAct, minutes: number): Promise<boolean> {
    const binding = bindingOf(act);
    const isEnough = ({ subtype }: Token) =>
      subtype === binding || (subtype === SIGN_IN && act.signInCounts === true);
    const recent = await this.recent(who, minutes);
    if (recent.some(isEnough)) return true;
    const unbound = recent.find(({ subtype }) => subtype === UNBOUND);
    if (!unbound) return false;
    if (await this.bind(unbound, binding)) return true;
    // Another request bound it first, perhaps for the same action.
    return (await this.recent(who, minutes)).some(isEnough);
  }

  /**
   * The scope in which this session may set a factor up; null: it needs a step-up first. While there is no factor, a
   * recent sign-in is enough for the first one. A sign-in by a recovery factor is enough to replace the lost factor.
   */
  async scope(who: StepUpContext, act: TwoFactorAct): Promise<StepUpScope | null> {
    if (this.isNewcomer(who) || (await this.opens(who, act, FOR_FACTORS))) return 'full';
    return (await this.isRecovering(who)) ? 'replace' : null;
  }

  /** Whether the session began with a recovery factor within the last ten minutes, and nothing has changed since. */
  async isRecovering(who: StepUpContext): Promise<boolean> {
    return (await this.active(who)).some(({ subtype }) => subtype === RECOVERY);
  }

  /** An inconsistent account does not count as "no factor yet", nor one that staff reset. */
  private isNewcomer({ session, accountState }: StepUpContext): boolean {
    const { enabled, damaged, mustEnroll } = accountState;
    const isBare = !enabled && !damaged && !mustEnroll;
    return isBare && session.signedInAt > this.minutesAgo(FOR_FACTORS);
  }

  private minutesAgo(minutes: number): number {
    return this.clock.now() - minutes * MINUTE;
  }

  private async recent(who: StepUpContext, minutes: number): Promise<Token[]> {
    return (await this.active(who)).filter(({ createdAt }) => createdAt > this.minutesAgo(minutes));
  }

  private async active({ session: { account, key }, accountState }: StepUpContext): Promise<Token[]> {
    const stamp = stampOf(account, accountState.set);
    const all = await this.stores.tokens.list(
      { purpose: 'step-up', accountId: account.id },
      this.clock.now(),
    );
    return all.filter((token) => token.key === key && token.stamp === stamp);
  }

  /** The new id makes exactly one request the first. */
  private bind(unbound: Token, binding: string): Promise<boolean> {
    const bound = { ...unbound, id: randomUUID(), subtype: binding };
    return this.stores.tokens.replace(unbound, bound, this.clock.now());
  }

  private token({ account, accountState, key }: StepUpOwner, subtype: string, lifetime: number): Token {
    const now = this.clock.now();
    return {
      id: randomUUID(),
      purpose: 'step-up',
      accountId: account.id,
      key,
      subtype,
      stamp: stampOf(account, accountState.set),
      sealed: null,
      misses: 0,
      createdAt: now,
      expiresAt: now + lifetime,
    };
  }
}
