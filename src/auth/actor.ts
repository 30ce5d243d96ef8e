import type { Account } from '../accounts/account.js';
import type { Actor } from '../events/portal-event.js';

/** An account as the one who acts. */
export function actorOf({ id, role }: Pick<Account, 'id' | 'role'>): Actor {
  return { type: role === 'customer' ? 'account' : 'staff', id };
}
