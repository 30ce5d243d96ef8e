import type { Account } from './account.js';
import { Accounts } from './accounts.service.js';
import { CommandRefused, type CommandPlace } from '../portal/modules/operator-command.js';

/** @throws CommandRefused when no account has this address. */
export async function accountByEmail(place: CommandPlace, email = ''): Promise<Account> {
  const account = await (await place.get(Accounts)).byEmail(email);
  if (!account) throw new CommandRefused(`There is no account with the address ${email}.`);
  return account;
}
