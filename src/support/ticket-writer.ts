import type { Request } from 'express';
import { requestSession } from '../auth/sessions/current-session.js';
import type { Author, Said } from './ticket.js';

/**
 * Who writes into a ticket of `owner`. An agent who acts as the owner writes under their own name: nobody else's words stand under the name of a client.
 */
export function writerOf(request: Request | null, owner: Author): Pick<Said, 'author' | 'staff'> {
  const { current, impersonation } = (request && requestSession(request)) ?? {};
  const isAgent = current !== undefined && impersonation?.client.id === owner.id;
  return isAgent ? { author: current.account, staff: true } : { author: owner, staff: false };
}
