import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { AccountRow } from './account.entity.js';
import { type Account, freshStamp } from './account.js';

/** The addresses that people sign in with. Each address belongs to one account. */
@Injectable()
export class EmailAddresses {
  constructor(private readonly clock: Clock) {}

  /**
   * Gives the account this address, in its normal form. Runs in the given transaction, and only if the account's stamp is still
   * this one. Returns the new stamp, or null when the stamp is different.
   * @throws a violation of the unique index when another account has the address; see `isUniqueViolation`.
   */
  async replace(
    { id, stamp }: Pick<Account, 'id' | 'stamp'>,
    email: string,
    manager: EntityManager,
  ): Promise<string | null> {
    const change = { email, stamp: freshStamp(), credentialsChangedAt: this.clock.now() };
    const { affected } = await manager.update(AccountRow, { id, stamp }, change);
    return affected === 1 ? change.stamp : null;
  }
}
