import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Type } from '../../core/common/type.js';
import { validated } from './validated.js';

/**
 * The request's body as a validated, frozen instance of a class-validator form. It validates here, inside the
 * decorator's factory, so that no pipe of the host converts or skips anything before.
 */
export const Form = createParamDecorator((form: Type, context: ExecutionContext) =>
  validated(form, context.switchToHttp().getRequest<Request>().body),
);
