import type { Request } from 'express';
import type { Config } from '../../config.js';
import { keptText } from '../../portal/forms/form.js';
import { type ProblemPage, problemCodes } from '../../portal/problems/problem.js';
import { cookieName, parseCookie } from '../common/cookies.js';

/**
 * The page for a form of ours that came without any cookie of ours: the browser blocks them, or they were deleted. It names the cause. The
 * sign-in form is shown again with the typed address. Undefined: the browser sent a cookie.
 */
export function pageWithoutCookies(request: Request, config: Config): ProblemPage | undefined {
  const has = (name: string) => parseCookie(request, cookieName(config, name)) !== undefined;
  if (has('portal') || has('portal-visitor')) return undefined;
  const { email, returnTo } = (request.body ?? {}) as Record<string, unknown>;
  if (request.path !== '/login')
    return { view: 'errors/problem', model: { code: 'NO_COOKIES', status: problemCodes.CROSS_SITE } };
  const errors = [{ field: '', key: 'login.no-cookies' }];
  return {
    view: 'auth/login',
    model: { errors, email: keptText(email, 254), returnTo: keptText(returnTo, 2000) },
  };
}
