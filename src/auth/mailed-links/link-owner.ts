import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.service.js';
import type { MailedLinkRow } from './mailed-link.entity.js';

/** The account of a link; null when it is suspended, or was changed since the link was made: its stamp is another one then. */
export async function linkOwner(
  { accountId, stamp }: Pick<MailedLinkRow, 'accountId' | 'stamp'>,
  accounts: Accounts,
  manager?: EntityManager,
): Promise<Account | null> {
  const account = await accounts.byId(accountId, manager);
  return account?.stamp === stamp && !account.suspended ? account : null;
}
