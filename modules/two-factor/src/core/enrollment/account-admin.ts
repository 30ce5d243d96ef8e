import { Injectable } from '@nestjs/common';
import { accountKey } from '../rate-limits/rate-limits.js';
import { TrustedDevices } from '../devices/trusted-devices.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { FactorRemoval } from './factor-removal.js';
import { AccountStateReader } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';

/** What happens to an account elsewhere, and what staff and the command line do to it. */
@Injectable()
export class AccountAdmin {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly accountStateReader: AccountStateReader,
    private readonly factorRemoval: FactorRemoval,
    private readonly stores: Stores,
    private readonly devices: TrustedDevices,
  ) {}

  /**
   * Takes all factors away; the owner is mailed, every session ends. False: there was nothing to reset.
   * @throws Problem NOT_FOUND when there is no such account.
   */
  async reset(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    const account = await this.accounts.find(accountId);
    if (!account) throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
    const accountState = await this.accountStateReader.load(accountId);
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.factorRemoval.reset({ account, accountState, keepKey: null }, reason, origin);
  }

  /** A changed or reset password ends the wait, not the count; whatever was begun no later than `at` (UTC ms) is void. */
  async passwordChanged(accountId: string, at?: number): Promise<void> {
    await this.stores.attempts.endWait(accountKey(accountId));
    await this.stores.tokens.discard(accountId, 'pending', at);
  }

  /** Has every browser that the account trusts asked again. */
  forgetDevices(accountId: string, actor: Actor): Promise<void> {
    return this.devices.forgetAll(accountId, { actor, ip: null, userAgent: null, requestId: null });
  }

  /** Forgets an account that is no more; tells nothing. */
  async purge(accountId: string): Promise<void> {
    const { set, factors } = await this.stores.factors.load(accountId);
    await this.stores.transaction(async (stores) => {
      await stores.factors.bumpVersion(accountId, set, 0);
      for (const { id } of factors) await stores.factors.remove(id, accountId);
      await stores.tokens.discard(accountId);
      await stores.attempts.clear(accountKey(accountId));
    });
  }
}
