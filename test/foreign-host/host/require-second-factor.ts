// README: begin
import { ForbiddenException, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { User } from './user.entity.js';

/** Refuses a marked user unless two-factor asks on this request. Stays when two-factor is taken out. */
export function requireSecondFactor(request: Request, user: User): void {
  if (!user.guarded) return;
  const twoFactor = Reflect.get(request, Symbol.for('nestjs-two-factor')) as { asks: boolean } | undefined;
  if (twoFactor?.asks === true) return;
  new Logger('SignIn').warn(`refused sign-in ip=${request.ip} reason=gate-missing`);
  throw new ForbiddenException(
    'This account is protected by a second factor, which is not available now. Please contact support.',
  );
}
// README: end
