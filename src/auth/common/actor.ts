import type { Account } from '../../accounts/account.js';
import type { Actor } from '../../events/portal-event.js';

/** An account as the one who acts: signed in, or at least with the right password or a link from its own mailbox. */
export function actorOf({ id, role }: Pick<Account, 'id' | 'role'>): Actor {
  return { type: role === 'customer' ? 'account' : 'staff', id };
}

/**
 * Whoever has proved nothing: an address that somebody typed says whom an event is about (`accountId`), not who acts. The
 * audit must not say of a customer that they guessed at their own password.
 */
export const visitor: Actor = { type: 'system', id: 'visitor' };
