import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { tokenPrincipal } from '../../api-tokens/bearer/bearer-request.js';
import { Config } from '../../config.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem, type ProblemPage } from '../../portal/problems/problem.js';
import { currentSession } from '../sessions/current-session.js';
import { isCsrfToken } from './csrf-token.js';
import { pageWithoutCookies } from './no-cookies.js';
import { RefusedOrigins } from './refused-origins.js';
import { isJson, isSameOrigin } from './same-origin.js';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses cross-site requests: checks the origin of the request and the token of our own forms. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly modules: InstalledModules,
    private readonly refused: RefusedOrigins,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    // No browser sends a token by itself.
    if (safe.has(request.method) || tokenPrincipal(request)) return true;
    if (!this.isFromHere(request)) throw notOurs();
    if (!this.isOurForm(context, request))
      throw notOurs(pageOfAnotherSession(request) ?? pageWithoutCookies(request, this.config));
    return true;
  }

  private isFromHere(request: Request): boolean {
    if (isSameOrigin(request, this.config.origins)) return true;
    this.refused.tell(request);
    return false;
  }

  /** Removes the token, so that forms contain only their own fields. A module removes it from its own forms itself. */
  private isOurForm(context: ExecutionContext, request: Request): boolean {
    const { _csrf: given, ...fields } = (request.body ?? {}) as Record<string, unknown>;
    if (!isJson(request) && !isCsrfToken(request, given)) return false;
    if (given !== undefined && this.modules.accessLevel(context) === undefined) request.body = fields;
    return true;
  }
}

function notOurs(page?: ProblemPage): PortalProblem {
  const advice = 'If this happens every time, the operator finds the reason in the log of the portal.';
  const message = 'This did not come from one of our own pages. Open the page again.';
  return new PortalProblem('CROSS_SITE', message, { detail: advice }, page);
}

/**
 * The form has a token, but not of this session: its page was opened before another person signed in, in the same browser.
 * The page says who is signed in now.
 */
function pageOfAnotherSession(request: Request): ProblemPage | undefined {
  const { _csrf: given } = (request.body ?? {}) as Record<string, unknown>;
  const account = currentSession(request)?.account;
  if (typeof given !== 'string' || !account) return undefined;
  return { view: 'errors/other-session', model: { email: account.email } };
}
