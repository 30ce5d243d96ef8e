import type { Account } from '../../accounts/account.js';
import type { Actor } from '../../events/portal-event.js';

/**
 * An account as the actor of an event. The person is signed in, or at least knows the password or has a link from their
 * mailbox.
 */
export function actorOf({ id, role }: Pick<Account, 'id' | 'role'>): Actor {
  return { type: role === 'customer' ? 'account' : 'staff', id };
}

/**
 * The actor when nothing was proved. A typed address only says which account an event is about (`accountId`), not who acts. The
 * audit log must not say that a customer guessed their own password.
 */
export const visitor: Actor = { type: 'system', id: 'visitor' };
