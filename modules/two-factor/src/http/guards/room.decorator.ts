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
import { ForEverybody, ForHeld, ForSignedIn, type Door } from './marks.js';
import { ProblemFilter } from '../response/problem.filter.js';
import { ReplyInterceptor } from '../response/reply.interceptor.js';

const marks = { public: ForEverybody, held: ForHeld, 'signed-in': ForSignedIn } as const;

/** A controller of the package: its address, its access level, and its guards in order. */
export function Room(path: string, door: Door, ...guards: Type<CanActivate>[]): ClassDecorator {
  return applyDecorators(
    Controller(path),
    marks[door](),
    UseGuards(SameOriginGuard, ...guards),
    UseInterceptors(ReplyInterceptor),
    UseFilters(ProblemFilter),
  );
}
