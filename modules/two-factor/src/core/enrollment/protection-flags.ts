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

/** An enrolment that has not committed after this long was killed. Milliseconds; far above the skew of two machines' clocks. */
const GIVEN_UP_AFTER = 30_000;
/** How long a note of a raised flag is kept: until the account's next change or sign-in, which may be years away. */
const KEPT = 20 * 365 * 86_400_000;

/**
 * The host's flag of protected accounts goes up before an enrolment commits. A note among the module's tokens says so, so that an
 * enrolment that was killed in between is not mistaken for rows that were lost.
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
   * How an account stands, for a sign-in. A flag that protects nothing any more is lowered on the way.
   * @throws Problem UNAVAILABLE when the account is damaged, which is told, or while an enrolment may still commit.
   */
  async loadState(where: EventContext): Promise<AccountState> {
    const accountState = await this.accountStateReader.load(where.accountId);
    if (accountState.damaged) return this.factorFailures.refuseDamaged(where);
    return accountState.flag ? this.settle(where, accountState, accountState.flag) : accountState;
  }

  /** Raises the flag for an enrolment that counts this set on. The enrolment's own transaction takes the note away. */
  async raise(accountId: string, set: FactorSet): Promise<void> {
    if (set.primaryCount === 0) await this.note(accountId, set);
    await this.accounts.setProtected(accountId, { protected: true, version: set.version + 1 });
  }

  /**
   * An enrolment did not commit: its flag is lowered, unless other factors protect the account, or its set was changed
   * meanwhile. The set is counted on first, behind the flag too, so that an enrolment still under way cannot commit any more. Idempotent.
   */
  async revert(accountId: string, set: FactorSet): Promise<void> {
    if (set.primaryCount > 0) return;
    const version = versionBehind(set, await this.accounts.getProtection(accountId));
    const counted = await this.stores.transaction(async ({ factors, tokens }) => {
      if (!(await factors.bumpVersion(accountId, set, 0, version))) return false;
      await tokens.discard(accountId);
      return true;
    });
    if (counted) await this.accounts.setProtected(accountId, { protected: false, version: version });
    else await this.forget(accountId, set);
  }

  /** Its enrolment was killed, or a kill lost its lowering. */
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
      ...{ id: randomUUID(), purpose: 'flag', accountId, key: '', subtype: String(version), stamp: '' },
      ...{ sealed: null, misses: 0, createdAt, expiresAt: createdAt + KEPT },
    });
  }

  /**
   * The set is another one: no enrolment from this version commits any more. A note that was written too late to be taken away by
   * the one that did would explain lost rows later.
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
