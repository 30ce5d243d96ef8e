import type { Request } from 'express';
import { currentSession } from '../auth/sessions/current-session.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { Account } from './account.js';

/**
 * Whose request this is, on routes for people signed in.
 * @throws PortalProblem NOT_SIGNED_IN when it is nobody's: missing state denies, also where a guard was forgotten.
 */
export function currentAccount(request: Request): Account {
  const session = currentSession(request);
  if (!session) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
  return session.account;
}
