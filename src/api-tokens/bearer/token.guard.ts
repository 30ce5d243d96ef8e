import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { isJson } from '../../auth/csrf/same-origin.js';
import { TokenReader } from '../rows/token-reader.js';
import { admitToken, givenToken, type TokenPrincipal } from './bearer-request.js';
import { RefusedTokens } from './refused-tokens.js';
import { isWellFormedToken } from './token-format.js';
import { TokenLimits } from './token-limits.js';
import { type RequiredScope, tokenScopeKey } from './token-scope.decorator.js';

/**
 * The global guard for requests with a token. It refuses each route that is not marked with one of the token's scopes
 * (ASVS 5.0 8.2.1). Requests of people pass on to the guards behind it.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly reader: TokenReader,
    private readonly limits: TokenLimits,
    private readonly refused: RefusedTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = givenToken(request);
    if (token === null) return true;
    const principal = await this.authenticate(request, token);
    await this.limits.consume(principal);
    if (hasForeignBody(request)) throw this.refused.form(request);
    const scope = this.reflector.get<RequiredScope | undefined>(tokenScopeKey, context.getHandler());
    if (!isOpen(principal, scope)) throw this.refused.scope(request, scope);
    admitToken(request, principal);
    return true;
  }

  private async authenticate(request: Request, token: string): Promise<TokenPrincipal> {
    if (!isWellFormedToken(token)) throw this.refused.invalid(request, 'malformed');
    const found = await this.reader.read(token, request);
    if (typeof found === 'string') throw this.refused.invalid(request, found);
    return found;
  }
}

function isOpen({ scopes }: TokenPrincipal, scope: RequiredScope | undefined): boolean {
  if (scope === undefined) return false;
  return scope === 'any' || scopes.includes(scope);
}

function hasForeignBody(request: Request): boolean {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.get('content-length')) > 0;
  return hasBody && !isJson(request);
}
