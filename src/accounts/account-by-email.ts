import type { Account } from './account.js';
import { Accounts } from './accounts.service.js';
import { CommandError, type AppContext } from '../portal/modules/operator-command.js';

/** @throws CommandError when no account has this address. */
export async function accountByEmail(place: AppContext, email = ''): Promise<Account> {
  const account = await (await place.get(Accounts)).byEmail(email);
  if (!account) throw new CommandError(`There is no account with the address ${email}.`);
  return account;
}
