import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { tokenPrincipal } from '../../api-tokens/bearer/bearer-request.js';
import { isForm } from '../../form-posts/is-form.js';
import { KeptForms } from '../../form-posts/kept-forms/kept-forms.js';
import type { AccessLevel } from '../../portal/modules/portal-module.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem, SeeOther } from '../../portal/problems/problem.js';
import { wantsJson } from '../../portal/http/wants-json.js';
import { RecentSignIns } from './recent-sign-ins.js';
import { currentSession, pendingSession } from './current-session.js';
import { type AccessMark, markKey } from '../common/access.decorators.js';
import { loginAddress } from '../common/return-to.js';

/**
 * The portal's global guard. It refuses every route that no access level and no installed module opens. It checks the handler
 * that was found, not the spelling of the URL.
 */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: InstalledModules,
    private readonly keptForms: KeptForms,
    private readonly recent: RecentSignIns,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    // Its guard has admitted it to this very route.
    if (tokenPrincipal(request)) return true;
    const mark = this.markOf(context);
    if (!mark) throw new PortalProblem('FORBIDDEN', 'This address is not open to any account.');
    if (mark.accessLevel === 'public') return true;
    if (mark.accessLevel === 'visitors') return this.visitors(request);
    if (mark.accessLevel === 'pending') return this.pending(request);
    return mark.accessLevel === 'staff' ? this.staff(request, mark.roles) : this.signedIn(request);
  }

  /** A module decides on its own routes, whatever access levels the portal puts on them. */
  private markOf(context: ExecutionContext): AccessMark | { accessLevel: 'pending' } | undefined {
    const accessLevel: AccessLevel | undefined = this.modules.accessLevel(context);
    if (accessLevel === 'staff') return { accessLevel, roles: ['support', 'admin'] };
    if (accessLevel !== undefined) return { accessLevel };
    return this.reflector.getAllAndOverride<AccessMark | undefined>(markKey, [
      context.getHandler(),
      context.getClass(),
    ]);
  }

  private visitors(request: Request): boolean {
    if (currentSession(request)) throw elsewhere('/', 'CONFLICT', 'You are signed in already.');
    const waiting = this.waiting(request);
    // A program that signs in again has no form to lose: its pending login is replaced.
    if (waiting !== undefined && !(request.method === 'POST' && wantsJson(request)))
      throw elsewhere(waiting, 'NOT_SIGNED_IN', 'This sign-in is not finished.');
    return true;
  }

  /** A person who is signed in already is redirected by the module, which knows what followed the pending login. */
  private pending(request: Request): boolean {
    if (pendingSession(request) || currentSession(request)) return true;
    this.refuseWithoutCookie(request);
    throw elsewhere('/login', 'NOT_SIGNED_IN', 'There is no sign-in under way.');
  }

  private async staff(request: Request, roles: readonly string[]): Promise<boolean> {
    await this.signedIn(request);
    if (roles.includes(currentSession(request)?.account.role ?? '')) return true;
    throw new PortalProblem('FORBIDDEN', 'Your account may not open this page.');
  }

  private async signedIn(request: Request): Promise<boolean> {
    if (currentSession(request)) {
      if (isForm(request)) await this.keptForms.posted(request);
      return true;
    }
    const waiting = this.waiting(request);
    if (waiting !== undefined) throw elsewhere(waiting, 'NOT_SIGNED_IN', 'This sign-in is not finished.');
    this.refuseWithoutCookie(request);
    const form = await this.keptForms.keep(request);
    if (form !== null)
      throw elsewhere(
        loginAddress(form.page, form.isKept ? 'expired' : 'ended'),
        'NOT_SIGNED_IN',
        'The session has ended.',
      );
    // Only a page can be the return address; a submitted form is not sent again.
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    throw elsewhere(
      isPage ? loginAddress(request.originalUrl) : '/login',
      'NOT_SIGNED_IN',
      'Please sign in.',
    );
  }

  /** The password was right a moment ago, and the session cookie did not come back. Another sign-in would end in the same way. */
  private refuseWithoutCookie(request: Request): void {
    const lost = this.recent.lostBy(request);
    if (lost) throw elsewhere(loginAddress(lost.returnTo, 'cookies'), 'NOT_SIGNED_IN', 'Please sign in.');
  }

  private waiting(request: Request): string | undefined {
    return pendingSession(request) ? this.modules.waiting(request) : undefined;
  }
}

function elsewhere(to: string, code: 'CONFLICT' | 'NOT_SIGNED_IN', message: string): SeeOther {
  return new SeeOther(to, new PortalProblem(code, message));
}
