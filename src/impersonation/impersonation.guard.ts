import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { impersonationOf } from '../auth/sessions/current-session.js';
import { freshKey } from '../portal/fresh/fresh.guard.js';
import { PortalProblem } from '../portal/problems/problem.js';
import { openToAgentsKey } from './open-to-agents.decorator.js';

/** The global guard of impersonations: while an agent acts as a client, only the routes that are marked for it are open. */
@Injectable()
export class ImpersonationGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const impersonation = impersonationOf(context.switchToHttp().getRequest<Request>());
    if (!impersonation || this.isOpen(context)) return true;
    const message = 'This is shut while you act as a client. End that first.';
    const page = { view: 'impersonation/shut', model: { client: impersonation.client.name } };
    throw new PortalProblem('FORBIDDEN', message, { reason: 'impersonation' }, page);
  }

  private isOpen(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const isMarked = this.reflector.getAllAndOverride<true | undefined>(openToAgentsKey, places) === true;
    return isMarked && this.reflector.getAllAndOverride<unknown>(freshKey, places) === undefined;
  }
}
