import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { loginPage } from './login.form.js';
import { PasswordStep } from './password-step.js';
import { judgedBy } from './password.strategy.js';

/** Lets passport-local check the password. Refusals are shown on the sign-in page. */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
  constructor(private readonly step: PasswordStep) {
    super();
  }

  override canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    judgedBy(context.switchToHttp().getRequest<Request>(), this.step);
    return super.canActivate(context);
  }

  override handleRequest<Found>(
    error: unknown,
    found: Found,
    _info: unknown,
    context: ExecutionContext,
  ): Found {
    const request = context.switchToHttp().getRequest<Request>();
    if (error instanceof PortalProblem) throw onLoginPage(request, error, 'login.too-many');
    if (error) throw error as Error;
    if (found) return found;
    const message = 'The e-mail address and password do not match.';
    throw onLoginPage(request, new PortalProblem('INVALID_CREDENTIALS', message), 'login.refused');
  }
}

/** The same problem, shown on the sign-in page under the text of `key`. */
export function onLoginPage(request: Request, problem: PortalProblem, key: string): PortalProblem {
  const page = loginPage([{ field: '', key }], request.body as Record<string, unknown>);
  if (problem instanceof LimitReached) return problem.on(page);
  return new PortalProblem(problem.code, problem.message, problem.extra, page);
}
