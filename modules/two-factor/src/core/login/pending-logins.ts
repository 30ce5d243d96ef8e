import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { PendingLogin, PendingLoginRef } from '../contracts/ports/login-session.js';
import { stampOf, AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Transactions } from '../outbox/transactions.js';
import { cancelCase } from '../recovery-cases/case-changes.js';

/** How long a pending login waits for its factor. */
const LIFETIME = 10 * 60_000;

/** The account of the login, and its state. */
export interface Bound {
  readonly account: Account;
  readonly accountState: AccountState;
}

/** A valid pending login: nothing of the account has changed since the password was checked. */
export interface ActivePendingLogin {
  readonly ref: TokenRef;
  readonly key: string;
  readonly state: PendingLogin['state'];
  readonly expiresAt: number;
  readonly account: Account;
  readonly accountState: AccountState;
}

/** Logins between password and session: rows of their own, without a principal. */
@Injectable()
export class PendingLogins {
  constructor(
    private readonly stores: Stores,
    private readonly accounts: AccountDirectory,
    private readonly accountStateReader: AccountStateReader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The account and its state, with the code that staff handed out for one sign-in, where it is open. */
  async bind(account: Account, rows: AccountState): Promise<Bound> {
    const accountState = await this.accountStateReader.withOneTimeCode(account, rows);
    return { account, accountState };
  }

  /** Returns a new pending login; it is not stored yet. */
  prepare({ account, accountState }: Bound, state: PendingLogin['state']): PendingLogin {
    const [id, expiresAt] = [randomUUID(), this.clock.now() + LIFETIME];
    return { id, accountId: account.id, state, expiresAt, account, version: accountState.set.version };
  }

  /** Stores a pending login, bound to its session key and to the state of the account. */
  async open(pending: PendingLogin, key: string, bound: Bound, origin: Origin) {
    const { id, accountId, state: subtype, expiresAt } = pending;
    const stamp = stampOf(bound.account, bound.accountState.set);
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      await stores.tokens.insert({
        id,
        purpose: 'pending',
        accountId,
        key,
        subtype,
        stamp,
        sealed: null,
        misses: 0,
        createdAt: this.clock.now(),
        expiresAt,
      });
      emit('two-factor.challenge.required', { state: subtype });
    });
  }

  /** Records the event of a login without a challenge and its reason. It ends a case of the recovery desk. */
  async skip(accountId: string, reason: string, origin: Origin): Promise<void> {
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      emit('two-factor.challenge.skipped', { reason });
      // No factor is proved, so the case cannot see this sign-in by itself.
      await cancelCase(stores, emit, { accountId }, { reason: 'signed-in', now: this.clock.now() });
    });
  }

  /** Returns the pending login; null when it has ended, was used, or is void because the account has changed. */
  async find(parked: PendingLoginRef): Promise<ActivePendingLogin | null> {
    const ref: TokenRef = { id: parked.id, purpose: 'pending', accountId: parked.accountId };
    const read = await this.stores.pending.find(
      ref,
      this.clock.now(),
      twoFactorLimits['pending-logins'].limit,
    );
    if (!read || read.token.key !== parked.key) return null;
    const account = parked.account ?? (await this.accounts.find(parked.accountId));
    if (account?.id !== parked.accountId) return null;
    const { token } = read;
    const rows = this.accountStateReader.fromRows(read);
    if (token.stamp !== stampOf(account, rows.set)) return null;
    const state = token.subtype === 'enrol' ? 'enrol' : 'challenge';
    const { accountState } = await this.bind(account, rows);
    return { ref, key: token.key, state, expiresAt: token.expiresAt, account, accountState };
  }

  /** Ends the pending login when the person starts again. */
  async discard({ ref }: Pick<ActivePendingLogin, 'ref'>): Promise<void> {
    await this.stores.tokens.consume(ref, this.clock.now());
  }
}
