import { Injectable } from '@nestjs/common';
import { accountKey } from '../rate-limits/rate-limits.js';
import { type Device, TrustedDevices } from '../devices/trusted-devices.js';
import { AccountWaits } from '../rate-limits/account-waits.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountStateReader } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import { Resets } from './resets.js';

/** Reacts to changes of an account outside of the module, and serves staff and the command line. */
@Injectable()
export class AccountAdmin {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly stores: Stores,
    private readonly devices: TrustedDevices,
    private readonly waits: AccountWaits,
    readonly resets: Resets,
  ) {}

  /** The reset in mode `disable`: false when there was nothing to reset; see `Resets.run`. */
  async reset(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    return (await this.resets.run(accountId, { mode: 'disable', reason }, actor)).reset;
  }

  /**
   * Ends the waits and the full stop after wrong codes, and mails the owner. False when there was nothing to end.
   * @throws Problem NOT_FOUND when the account does not exist; INVALID_INPUT without a reason.
   */
  async unlock(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    await this.requireAccount(accountId);
    return this.waits.end(accountId, reason, actor);
  }

  /**
   * After a change or reset of the password: ends the wait, keeps the count, and voids the logins that began and the
   * codes that staff handed out no later than `at` (UTC ms). A freeze from before ends too, unless a lock-down is open,
   * which ends by a mailed link alone.
   */
  async passwordChanged(accountId: string, at?: number): Promise<void> {
    await this.stores.attempts.endWait(accountKey(accountId));
    await this.stores.tokens.discard(accountId, 'pending', at);
    await this.stores.tokens.discard(accountId, 'one-time-code', at);
    const isOpen = (await this.accountStateReader.lockDown(accountId)) !== null;
    if (!isOpen) await this.stores.brakes.thaw(accountId, at);
  }

  /** Removes the trust of all browsers of the account, and mails the owner. False when there was none. */
  forgetDevices(accountId: string, actor: Actor, reason: string): Promise<boolean> {
    return this.devices.revokeAll(accountId, reason, actor);
  }

  /** The trusted browsers, the newest first; empty where the account does not exist or may not sign in. */
  async listDevices(accountId: string): Promise<readonly Device[]> {
    const account = await this.accountStateReader.account(accountId);
    if (!account) return [];
    return this.devices.list({ account, accountState: await this.accountStateReader.load(accountId) });
  }

  private async requireAccount(accountId: string): Promise<void> {
    const account = await this.accountStateReader.account(accountId);
    if (account) return;
    throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
  }

  /** Deletes all rows of an account that no longer exists; emits no event. */
  async purge(accountId: string): Promise<void> {
    const { set, factors } = await this.stores.factors.load(accountId);
    await this.stores.transaction(async (stores) => {
      await stores.factors.bumpVersion(accountId, set, 0);
      await stores.factors.markReset(accountId, null);
      for (const { id } of factors) await stores.factors.remove(id, accountId);
      await stores.tokens.discard(accountId);
      await stores.removed.discard(accountId);
      await stores.lockDowns.discard(accountId);
      await stores.attempts.clear(accountKey(accountId));
      await stores.brakes.remove(accountId);
      await stores.callerChecks.discard(accountId);
      await stores.recoveryCases.discard(accountId);
      await stores.checkUps.discard(accountId, []);
    });
  }
}
