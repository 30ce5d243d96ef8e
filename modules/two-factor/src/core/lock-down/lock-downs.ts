import { Injectable } from '@nestjs/common';
import { AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { FactorSetWriter } from '../accounts/factor-set-writer.js';
import type { Account } from '../common/account.js';
import { eventId } from '../common/event-id.js';
import { Problem } from '../common/errors.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { EventSideEffects } from '../contracts/stores/event.store.js';
import type { StopLink } from '../contracts/stores/lock-down.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { goneLink } from '../stop-links/stop-links.js';
import { LockDownUndo, type UndoPlan } from './lock-down-undo.js';

const { limit: most, length: window } = twoFactorLimits['lock-downs'];

/** A change of factors by another request makes the lock-down start again, this often. */
const TRIES = 5;

/** A committed lock-down. */
export interface LockedDown {
  /** The id of its event. */
  readonly id: string;
  /** UTC ms. */
  readonly at: number;
  readonly accountId: string;
  /** The version of the set of factors afterwards. */
  readonly version: number;
  /** Whether the set of factors was changed back. */
  readonly undone: boolean;
  readonly effects: EventSideEffects;
}

/** The state from which a lock-down starts. */
interface Start {
  readonly link: StopLink;
  readonly account: Account;
  readonly accountState: AccountState;
  readonly plan: UndoPlan;
  readonly version: number;
}

/** Locks an account down in one transaction: the link is used, tokens end, what the event added is taken back, and the events are stored. */
@Injectable()
export class LockDowns {
  constructor(
    private readonly accountStates: AccountStateReader,
    private readonly sets: FactorSetWriter,
    private readonly undo: LockDownUndo,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem GONE when the link was used meanwhile, or its account may not sign in; TOO_MANY_ATTEMPTS above the limit of a day; CONFLICT
   * when the factors keep changing.
   */
  async lock(link: StopLink, origin: Origin): Promise<LockedDown> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.commit(await this.start(link), origin);
      } catch (error) {
        const isChanged = error instanceof Problem && error.code === 'CONFLICT';
        if (!isChanged || left <= 1) throw error;
      }
    }
  }

  private async start(link: StopLink): Promise<Start> {
    const account = await this.accountStates.account(link.accountId);
    if (!account) throw goneLink('unknown');
    const accountState = await this.accountStates.load(account.id);
    const plan = await this.undo.plan(link, accountState);
    const { set } = accountState;
    const version = plan.off ? await this.accountStates.versionToTurnOff(account.id, set) : set.version + 1;
    return { link, account, accountState, plan, version };
  }

  private async commit({ link, account, accountState, plan, version }: Start, origin: Origin) {
    const accountId = account.id;
    const at = this.clock.now();
    const id = eventId(at, 0);
    const undone = plan.remove.length > 0;
    const effects = effectsOf(link, version);
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      await this.sets.bumpVersion(stores, { accountId, accountState }, plan.primaries, version);
      await stores.tokens.discard(accountId);
      await this.use(stores, link, at);
      emit('account.locked-down', { event: link.eventName, undone }, { ...effects, id });
      await this.undo.apply(stores, emit, plan);
      if (plan.off) turnOff(emit, version);
      await this.brake(stores, emit, accountId);
    });
    return { id, at, accountId, version, undone, effects };
  }

  /** Changes of factors are frozen, and dangerous actions wait. The mail about the lock-down says so; no second mail is needed. */
  private async brake(stores: Stores, emit: Emit, accountId: string): Promise<void> {
    await this.sets.brake.freeze(stores, accountId);
    const withoutMail: Emit = (name, data, { id } = {}) => emit(name, data, id === undefined ? {} : { id });
    await this.sets.brake.start(stores, withoutMail, accountId, 'lock-down');
  }

  /** The first of all requests with a link of this event goes on, unless the account had too many lock-downs today. */
  private async use({ lockDowns }: Stores, link: StopLink, now: number): Promise<void> {
    const { event: id, accountId, eventName, recipient } = link;
    if (!(await lockDowns.lock({ id, accountId, eventName, recipient, createdAt: now, releasedAt: null })))
      throw goneLink('used');
    const recent = (await lockDowns.list(accountId)).filter(({ createdAt }) => createdAt > now - window);
    if (recent.length <= most) return;
    const free = Math.min(...recent.map(({ createdAt }) => createdAt)) + window;
    throw new Problem('TOO_MANY_ATTEMPTS', 'This account was locked down too often today. Ask for help.', {
      retryAfter: Math.ceil((free - now) / 1000),
    });
  }
}

function effectsOf({ eventName: event, recipient, facts }: StopLink, version: number) {
  return {
    endSessions: { keepKey: null, version },
    lockDown: { event, recipient, undo: facts.undo ?? null },
    notice: 'locked-down',
  };
}

function turnOff(emit: Emit, version: number): void {
  emit('two-factor.disabled', { version }, { clearProtectionFlag: { version } });
}
