import type { NextFunction, Request, Response } from 'express';
import type { Account } from '../../accounts/account.js';
import type { TokenScopeName } from './scopes.js';
import { tokenPrefix } from './token-format.js';

/** The program that sent a request: its token, and the account that it acts for. It is never a signed-in person. */
export interface TokenPrincipal {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScopeName[];
  /** As the database has it at the time of this request. */
  readonly account: Account;
}

const given = new WeakMap<Request, string>();
const admitted = new WeakMap<Request, TokenPrincipal>();

/**
 * Recognizes a request that carries a token of the portal (RFC 6750 §2.1). Such a request has no session and no cookie, and
 * gets JSON. A token in the query or in the body is not read at all. A bearer token of another issuer is left alone: a proxy
 * in front may add one to the requests of people.
 */
export function readBearerToken(request: Request, _response: Response, next: NextFunction): void {
  const [, token] = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token?.startsWith(tokenPrefix)) {
    given.set(request, token);
    delete request.headers.cookie;
    request.headers.accept = 'application/json';
  }
  next();
}

/** The token that this request carries, valid or not; null for requests of people. */
export function givenToken(request: Request): string | null {
  return given.get(request) ?? null;
}

/** The program behind this request, if its token is valid and opens the route; null for requests of people. */
export function tokenPrincipal(request: Request): TokenPrincipal | null {
  return admitted.get(request) ?? null;
}

/** Called by the guard of tokens alone, after all its checks. */
export function admitToken(request: Request, principal: TokenPrincipal): void {
  admitted.set(request, principal);
}
