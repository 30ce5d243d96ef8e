import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import {
  AccountStateReader,
  versionBehind,
  type AccountState,
  type UnmatchedFlag,
} from '../accounts/account-state.js';
import type { FactorSet } from '../contracts/stores/factor.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { FactorFailures } from '../verification/factor-failures.js';
import type { EventContext } from '../outbox/transactions.js';

/**
 * An enrollment that has not committed after this time was killed. Milliseconds; far more than the clock skew of two
 * machines.
 */
const GIVEN_UP_AFTER = 30_000;
/** The lifetime of a flag's note: until the account's next change or sign-in, which may be years away. */
const KEPT = 20 * 365 * 86_400_000;

/**
 * Sets the host's protection flag before an enrollment commits. A token notes it. Without that note, an enrollment that
 * was killed before its commit would look like lost rows.
 */
@Injectable()
export class ProtectionFlags {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly accountStateReader: AccountStateReader,
    private readonly stores: Stores,
    private readonly factorFailures: FactorFailures,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads the account state for a sign-in. It clears a flag that protects nothing any more.
   * @throws Problem UNAVAILABLE when the account is damaged, which raises an alarm, or while an enrollment may still
   * commit.
   */
  async loadState(where: EventContext): Promise<AccountState> {
    const accountState = await this.accountStateReader.load(where.accountId);
    if (accountState.damaged) return this.factorFailures.refuseDamaged(where);
    return accountState.flag ? this.settle(where, accountState, accountState.flag) : accountState;
  }

  /**
   * Sets the flag for an enrollment from this version of the set. The enrollment's own transaction removes the note.
   */
  async raise(accountId: string, set: FactorSet): Promise<void> {
    if (set.primaryCount === 0) await this.note(accountId, set);
    await this.accounts.setProtected(accountId, { protected: true, version: set.version + 1 });
  }

  /**
   * Clears the flag of an enrollment that did not commit, unless other factors or a reset protect the account, or its
   * set has changed. It first raises the version above the set's and the flag's, so that an enrollment still running cannot
   * commit. Idempotent.
   */
  async revert(accountId: string, set: FactorSet): Promise<void> {
    if (set.primaryCount > 0) return;
    const version = versionBehind(set, await this.accounts.getProtection(accountId));
    const counted = await this.stores.transaction(async ({ factors, tokens }) => {
      if (!(await factors.bumpVersion(accountId, set, 0, version))) return false;
      await tokens.discard(accountId);
      return true;
    });
    if (!counted) await this.forget(accountId, set);
    // The flag of an account that must set up again stays set.
    else if (set.reset !== 're-enrol')
      await this.accounts.setProtected(accountId, { protected: false, version: version });
  }

  /** The enrollment was killed, or a killed process did not clear the flag. */
  private async settle(
    where: EventContext,
    accountState: AccountState,
    flag: UnmatchedFlag,
  ): Promise<AccountState> {
    const { accountId } = where;
    if (flag.since === null) {
      await this.accounts.setProtected(accountId, { protected: false, version: accountState.set.version });
      return accountState;
    }
    this.refuseWhileUnderWay(flag.since);
    await this.revert(accountId, accountState.set);
    const now = await this.accountStateReader.load(accountId);
    if (now.damaged) return this.factorFailures.refuseDamaged(where);
    if (now.flag?.state === 'raising') throw underWay(GIVEN_UP_AFTER);
    return now;
  }

  private async note(accountId: string, { version }: FactorSet): Promise<void> {
    const createdAt = this.clock.now();
    await this.stores.tokens.insert({
      id: randomUUID(),
      purpose: 'flag',
      accountId,
      key: '',
      subtype: String(version),
      stamp: '',
      sealed: null,
      misses: 0,
      createdAt,
      expiresAt: createdAt + KEPT,
    });
  }

  /**
   * The version has changed, so no enrollment from this version commits any more. A note that was written too late for
   * that transaction to remove would hide lost rows later.
   */
  private async forget(accountId: string, { version }: FactorSet): Promise<void> {
    const now = this.clock.now();
    const notes = await this.stores.tokens.list({ purpose: 'flag', accountId }, now);
    for (const note of notes)
      if (note.subtype === String(version)) await this.stores.tokens.consume(note, now);
  }

  private refuseWhileUnderWay(since: number): void {
    const left = since + GIVEN_UP_AFTER - this.clock.now();
    if (left > 0) throw underWay(left);
  }
}

function underWay(left: number): Problem {
  return new Problem(
    'UNAVAILABLE',
    'Two-factor is being turned on for this account at the moment. Try again in half a minute.',
    { retryAfter: Math.ceil(left / 1000) },
  );
}
