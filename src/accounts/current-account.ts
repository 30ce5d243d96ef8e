import type { Request } from 'express';
import { currentSession } from '../auth/sessions/current-session.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { Account } from './account.js';

/**
 * The account of this request, on routes for signed-in people.
 * @throws PortalProblem NOT_SIGNED_IN when the request has no account. Missing state denies, also where a guard was forgotten.
 */
export function currentAccount(request: Request): Account {
  const session = currentSession(request);
  if (!session) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
  return session.account;
}
