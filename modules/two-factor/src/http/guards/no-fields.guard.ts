import { Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';

/** Refuses a body with fields on routes that expect none. */
@Injectable()
class NoFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const body: unknown = context.switchToHttp().getRequest<Request>().body;
    if (Object.keys(body ?? {}).length === 0) return true;
    throw new Problem('INVALID_INPUT', 'This request must not contain fields.');
  }
}

/** A route for a button without fields. */
export const NoFields = () => UseGuards(NoFieldsGuard);
