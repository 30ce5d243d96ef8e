import { Injectable } from '@nestjs/common';
import { AccountStateReader } from '../accounts/account-state.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { LockDown } from '../contracts/stores/lock-down.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';
import { recipientOf } from '../stop-links/stop-hash.js';

/** The clocks of two nodes may differ by this much, in ms. */
const CLOCKS_APART = 60_000;

/** Who ends a lock-down and why, and the mail to its owner. */
interface Release {
  readonly reason: string;
  readonly actor: Actor;
  readonly notice?: string;
}

/** Ends lock-downs: when the password was set anew by a mailed link, or by staff and the command line. */
@Injectable()
export class LockDownEnd {
  constructor(
    private readonly stores: Stores,
    private readonly accountStates: AccountStateReader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * The owner set a new password by a link that was mailed to the present address of the account, at this time (UTC ms; default: now). It ends the lock-downs
   * whose stop links came to the same address. Others stay: a thief may have changed the address before.
   */
  async byPassword(accountId: string, at = this.clock.now()): Promise<void> {
    const account = await this.accountStates.account(accountId);
    if (!account) return;
    const recipient = recipientOf(account.email);
    const ended = (await this.open(accountId)).filter(
      (each) => each.recipient === recipient && each.createdAt <= at + CLOCKS_APART,
    );
    const actor: Actor = { type: account.staff ? 'staff' : 'account', id: accountId };
    await this.release(accountId, ended, { reason: 'password', actor });
  }

  /**
   * Ends all lock-downs, for staff and the command line. False when there was none.
   * @throws Problem INVALID_INPUT without a reason.
   */
  async byStaff(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    if (reason.trim() === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    return this.release(accountId, await this.open(accountId), { reason, actor, notice: 'released' });
  }

  private async open(accountId: string): Promise<readonly LockDown[]> {
    return (await this.stores.lockDowns.list(accountId)).filter(isOpen);
  }

  private async release(
    accountId: string,
    lockDowns: readonly LockDown[],
    { reason, actor, notice }: Release,
  ): Promise<boolean> {
    if (lockDowns.length === 0) return false;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.transactions.run({ accountId, origin }, async (stores, emit) => {
      const now = this.clock.now();
      let released = 0;
      for (const each of lockDowns) if (await stores.lockDowns.release(each, now)) released += 1;
      if (released === 0) return false;
      emit('account.released', { reason }, { notice });
      if (!(await stores.lockDowns.list(accountId)).some(isOpen)) await stores.brakes.thaw(accountId);
      return true;
    });
  }
}

function isOpen({ releasedAt }: LockDown): boolean {
  return releasedAt === null;
}
