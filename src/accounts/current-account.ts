import type { Request } from 'express';
import { tokenPrincipal } from '../api-tokens/bearer/bearer-request.js';
import { currentSession, impersonationOf } from '../auth/sessions/current-session.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { Account } from './account.js';

/**
 * The account of this request, on routes for signed-in people: theirs, that of the token of a program, or that of the
 * client that an agent acts as.
 * @throws PortalProblem NOT_SIGNED_IN when the request has no account. Missing state denies, also where a guard was forgotten.
 */
export function currentAccount(request: Request): Account {
  const token = tokenPrincipal(request);
  if (token) return token.account;
  const session = currentSession(request);
  if (!session) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
  return impersonationOf(request)?.client ?? session.account;
}
