import { Injectable } from '@nestjs/common';
import { accountSubject } from '../rate-limits/attempts.js';
import { Devices } from '../devices/devices.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Removal } from './removal.js';
import { Standings } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';

/** What happens to an account elsewhere, and what staff and the command line do to it. */
@Injectable()
export class AccountLife {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly standings: Standings,
    private readonly removal: Removal,
    private readonly stores: Stores,
    private readonly devices: Devices,
  ) {}

  /**
   * Takes all factors away; the owner is mailed, every session ends. False: there was nothing to reset.
   * @throws Problem NOT_FOUND when there is no such account.
   */
  async reset(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    const account = await this.accounts.find(accountId);
    if (!account) throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
    const standing = await this.standings.of(accountId);
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.removal.reset({ account, standing, keepKey: null }, reason, origin);
  }

  /** A changed or reset password ends the wait, not the count; whatever was begun no later than `at` (UTC ms) is void. */
  async passwordChanged(accountId: string, at?: number): Promise<void> {
    await this.stores.attempts.endWait(accountSubject(accountId));
    await this.stores.tokens.discard(accountId, 'held', at);
  }

  /** Has every browser that the account trusts asked again. */
  forgetDevices(accountId: string, actor: Actor): Promise<void> {
    return this.devices.forgetAll(accountId, { actor, ip: null, userAgent: null, requestId: null });
  }

  /** Forgets an account that is no more; tells nothing. */
  async purge(accountId: string): Promise<void> {
    const { set, factors } = await this.stores.factors.ofAccount(accountId);
    await this.stores.together(async (stores) => {
      await stores.factors.advance(accountId, set, 0);
      for (const { id } of factors) await stores.factors.remove(id, accountId);
      await stores.tokens.discard(accountId);
      await stores.attempts.clear(accountSubject(accountId));
    });
  }
}
