import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { MARK } from './marks.js';

/** Default deny: a route without a mark is refused to all visitors. */
@Injectable()
export class DoorGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const mark = this.reflector.getAllAndOverride<unknown>(MARK, [context.getHandler(), context.getClass()]);
    if (mark === 'public') return true;
    if (mark !== 'members') throw new ForbiddenException();
    if (!context.switchToHttp().getRequest<Request>().isAuthenticated()) throw new UnauthorizedException();
    return true;
  }
}
