import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { AccountRow } from '../../accounts/account.entity.js';

/**
 * The first statement of a transaction that counts rows of an account: simultaneous transactions of the same account follow
 * each other. False: the account was changed or suspended since this request read it.
 */
export async function lockAccount(
  { id, stamp }: Pick<Account, 'id' | 'stamp'>,
  manager: EntityManager,
): Promise<boolean> {
  const locked = await manager.update(AccountRow, { id, stamp, suspendedAt: IsNull() }, { stamp });
  return locked.affected === 1;
}
