import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { ActBrakes } from './act-brakes.js';

/** Metadata key of `@Braked`: the name of the action. */
export const brakeKey = 'portal:brake';

/** Asks the brake before a dangerous action, of a person or of a program with a token. */
@Injectable()
export class BrakeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly brakes: ActBrakes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const places = [context.getHandler(), context.getClass()];
    const act = this.reflector.getAllAndOverride<string>(brakeKey, places);
    await this.brakes.require(request, currentAccount(request).id, act);
    return true;
  }
}
