import { Injectable } from '@nestjs/common';
import { FactorSetWriter } from '../accounts/factor-set-writer.js';
import { OneTimeCodes, type IssuedOneTimeCode } from '../challenges/one-time-codes.js';
import type { Actor } from '../common/origin.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import type { EventSideEffects } from '../contracts/stores/event.store.js';
import type { ResetMark } from '../contracts/stores/factor.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { accountKey } from '../rate-limits/rate-limits.js';
import type { OneTimeCode, ResetRequest } from './reset-request.js';
import type { ResetSubject } from './reset-rules.js';

/** A reset that may be carried out. */
export interface AllowedReset extends ResetSubject {
  readonly request: ResetRequest;
  readonly actor: Actor;
  /** The version of the set after it, which no session has. */
  readonly version: number;
}

type Work = (stores: Stores, emit: Emit) => Promise<void>;

/**
 * Commits a reset: the change, its events, the mail to the owner and the brake in one transaction. All sessions end after
 * it.
 */
@Injectable()
export class ResetCommit {
  constructor(
    private readonly sets: FactorSetWriter,
    private readonly codes: OneTimeCodes,
    private readonly sessions: LoginSession,
    private readonly transactions: Transactions,
  ) {}

  /** Two-factor is off. It also clears the host's flag where the rows behind it were lost. */
  async disable(reset: AllowedReset): Promise<void> {
    const { version } = reset;
    const endSessions = { keepKey: null, version };
    await this.commit(reset, { notice: 'reset' }, async (stores, emit) => {
      await this.takeAll(reset, stores, emit);
      emit('two-factor.disabled', { version }, { endSessions, clearProtectionFlag: { version } });
    });
  }

  /** All factors are gone, and the account stays shut until one is set up. The host's flag stays set. */
  async reEnroll(reset: AllowedReset): Promise<void> {
    const endSessions = { keepKey: null, version: reset.version };
    await this.commit(reset, { endSessions, notice: 'reset-re-enrol' }, (stores, emit) =>
      this.takeAll(reset, stores, emit, 're-enrol'),
    );
  }

  /** All factors stay. A code that was handed out before is void. */
  async oneTimeCode(reset: AllowedReset): Promise<OneTimeCode> {
    const { account, accountState, version } = reset;
    const { code, token }: IssuedOneTimeCode = await this.codes.issue(account, version);
    const effects = { endSessions: { keepKey: null, version }, notice: 'reset-one-time-code' };
    await this.commit(reset, effects, async (stores) => {
      const change = { accountId: account.id, accountState, mark: 'one-time-code' } as const;
      await this.sets.bumpVersion(stores, change, accountState.set.primaryCount, version);
      await stores.tokens.insert(token);
    });
    return { code, expiresAt: token.expiresAt };
  }

  /** Removes all factors, and resets counts and waits. */
  private async takeAll(
    { account, accountState, version }: AllowedReset,
    stores: Stores,
    emit: Emit,
    mark?: ResetMark,
  ): Promise<void> {
    await this.sets.bumpVersion(stores, { accountId: account.id, accountState, mark }, 0, version);
    for (const factor of accountState.factors)
      await this.sets.remove(stores, emit, factor, { forGood: true });
    await stores.removed.discard(account.id);
    await stores.attempts.clear(accountKey(account.id));
  }

  private async commit(
    { account, request, actor, version }: AllowedReset,
    effects: EventSideEffects,
    work: Work,
  ): Promise<void> {
    const { mode, reason, approvedBy } = request;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    await this.transactions.run({ accountId: account.id, origin }, async (stores, emit) => {
      await work(stores, emit);
      const second = approvedBy ? { approvedBy: approvedBy.id } : {};
      emit('two-factor.reset', { ...second, mode, reason }, effects);
      await this.sets.brake.start(stores, emit, account.id, 'reset');
    });
    await this.sessions.endOthers(account.id, null, version);
  }
}
