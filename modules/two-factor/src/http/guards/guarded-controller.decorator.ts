import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UseInterceptors,
  type CanActivate,
  type Type,
} from '@nestjs/common';
import { SameOriginGuard } from './same-origin.guard.js';
import { ForEveryone, ForPendingLogin, ForSignedIn, type Access } from './access.js';
import { ProblemFilter } from '../response/problem.filter.js';
import { ReplyInterceptor } from '../response/reply.interceptor.js';

const marks = { public: ForEveryone, pending: ForPendingLogin, 'signed-in': ForSignedIn } as const;

/** A controller of the package: its address, its access level, and its guards in order. */
export function GuardedController(
  path: string,
  door: Access,
  ...guards: Type<CanActivate>[]
): ClassDecorator {
  return applyDecorators(
    Controller(path),
    marks[door](),
    UseGuards(SameOriginGuard, ...guards),
    UseInterceptors(ReplyInterceptor),
    UseFilters(ProblemFilter),
  );
}
