import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { clientAddress } from '../../auth/common/client.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import type { RequiredScope } from './token-scope.decorator.js';

/** Why a token is not valid. Only the log tells it. */
export type TokenFault = 'malformed' | 'unknown' | 'expired' | 'revoked' | 'suspended';

const realm = 'Bearer realm="Client Area"';

/** Refuses requests with tokens, as RFC 6750 §3 says: with `WWW-Authenticate`. Each refusal of a token is one line for fail2ban. */
@Injectable()
export class RefusedTokens {
  private readonly logger = new Logger('Tokens');

  /** The refusal of a token that is not valid. The answer is the same for each fault; the line never contains the token. */
  invalid(request: Request, fault: TokenFault): PortalProblem {
    this.line(request, fault);
    challenge(request, 'invalid_token');
    return new PortalProblem('INVALID_TOKEN', 'This token is not valid: it is wrong, expired or revoked.');
  }

  /** The refusal of a route that no token opens, or that needs another scope. */
  scope(request: Request, required: RequiredScope | undefined): PortalProblem {
    this.line(request, 'scope');
    challenge(request, 'insufficient_scope', required);
    if (required === undefined) return new PortalProblem('FORBIDDEN', 'This address is not open to tokens.');
    const message = `This token needs the scope ${required}.`;
    return new PortalProblem('INSUFFICIENT_SCOPE', message, { scope: required });
  }

  /** The refusal of a body that is not JSON. */
  form(request: Request): PortalProblem {
    challenge(request, 'invalid_request');
    return new PortalProblem('INVALID_INPUT', 'Requests with a token have a body of JSON, or none.');
  }

  private line(request: Request, reason: string): void {
    this.logger.warn(`refused token ip=${clientAddress(request)} reason=${reason}`);
  }
}

function challenge(request: Request, error: string, scope?: string): void {
  const needed = scope === undefined ? '' : `, scope="${scope}"`;
  request.res?.set('WWW-Authenticate', `${realm}, error="${error}"${needed}`);
}
