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

/** A body that two forms know together: `form`, and the set-up form of the kind that is set up. */
export interface SharedBody<T extends object = object> {
  readonly form: Type<T>;
  readonly body: unknown;
}

/** The request's body, not validated yet: which other form it belongs to is known where the kind is. See `SetUp.bodyOf`. */
export const SharedForm = createParamDecorator((form: Type, context: ExecutionContext): SharedBody => ({
  form,
  body: context.switchToHttp().getRequest<Request>().body,
}));
