import { Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';

/** Refuses a body with fields, where a click is all there is to send. */
@Injectable()
class NoFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const body: unknown = context.switchToHttp().getRequest<Request>().body;
    if (Object.keys(body ?? {}).length === 0) return true;
    throw new Problem('INVALID_INPUT', 'Nothing is to be sent here.');
  }
}

/** A route that takes a click and no fields. */
export const NoFields = () => UseGuards(NoFieldsGuard);
