import { Injectable } from '@nestjs/common';
import { accountKey } from '../rate-limits/rate-limits.js';
import { type Device, TrustedDevices } from '../devices/trusted-devices.js';
import { AccountWaits } from '../rate-limits/account-waits.js';
import { Problem } from '../common/errors.js';
import type { Account } from '../common/account.js';
import type { Actor } from '../common/origin.js';
import { FactorRemoval } from './factor-removal.js';
import { AccountStateReader } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';

/** Reacts to changes of an account outside of the module, and serves staff and the command line. */
@Injectable()
export class AccountAdmin {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly factorRemoval: FactorRemoval,
    private readonly stores: Stores,
    private readonly devices: TrustedDevices,
    private readonly waits: AccountWaits,
  ) {}

  /**
   * Removes all factors, mails the owner and ends every session. False when there was nothing to reset.
   * @throws Problem NOT_FOUND when the account does not exist.
   */
  async reset(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    const account = await this.find(accountId);
    const accountState = await this.accountStateReader.load(accountId);
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.factorRemoval.reset({ account, accountState, keepKey: null }, reason, origin);
  }

  /**
   * Ends the waits and the full stop after wrong codes, and mails the owner. False when there was nothing to end.
   * @throws Problem NOT_FOUND when the account does not exist; INVALID_INPUT without a reason.
   */
  async unlock(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    await this.find(accountId);
    return this.waits.end(accountId, reason, actor);
  }

  /**
   * After a change or reset of the password: ends the wait, keeps the count, and voids everything begun no later than
   * `at` (UTC ms). A freeze from before ends too.
   */
  async passwordChanged(accountId: string, at?: number): Promise<void> {
    await this.stores.attempts.endWait(accountKey(accountId));
    await this.stores.tokens.discard(accountId, 'pending', at);
    await this.stores.brakes.thaw(accountId, at);
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

  private async find(accountId: string): Promise<Account> {
    const account = await this.accountStateReader.account(accountId);
    if (account) return account;
    throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
  }

  /** Deletes all rows of an account that no longer exists; emits no event. */
  async purge(accountId: string): Promise<void> {
    const { set, factors } = await this.stores.factors.load(accountId);
    await this.stores.transaction(async (stores) => {
      await stores.factors.bumpVersion(accountId, set, 0);
      for (const { id } of factors) await stores.factors.remove(id, accountId);
      await stores.tokens.discard(accountId);
      await stores.attempts.clear(accountKey(accountId));
      await stores.brakes.remove(accountId);
      await stores.callerChecks.discard(accountId);
      await stores.recoveryCases.discard(accountId);
      await stores.checkUps.discard(accountId, []);
    });
  }
}
