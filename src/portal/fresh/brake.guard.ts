import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { currentSession } from '../../auth/sessions/current-session.js';
import { PortalProblem } from '../problems/problem.js';
import { ActBrakes } from './act-brakes.js';

/** Metadata key of `@Braked`: the name of the action. */
export const brakeKey = 'portal:brake';

/** Asks the brake before a dangerous action. */
@Injectable()
export class BrakeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly brakes: ActBrakes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const current = currentSession(request);
    if (!current) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    const places = [context.getHandler(), context.getClass()];
    const act = this.reflector.getAllAndOverride<string>(brakeKey, places);
    await this.brakes.require(request, current.account.id, act);
    return true;
  }
}
