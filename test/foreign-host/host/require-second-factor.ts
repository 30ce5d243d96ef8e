// README: begin
import { ForbiddenException, Logger } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Refuses a marked user, and one read without the column of the marker, unless two-factor asks on this request.
 * Stays when two-factor is taken out.
 */
export function requireSecondFactor(request: Request, user: { readonly guarded?: boolean }): void {
  if (user.guarded === false) return;
  const twoFactor = Reflect.get(request, Symbol.for('nestjs-two-factor')) as { asks: boolean } | undefined;
  if (twoFactor?.asks === true) return;
  new Logger('SignIn').warn(`refused sign-in ip=${request.ip} reason=gate-missing`);
  throw new ForbiddenException(
    'This account is protected by a second factor, which is not available now. Please contact support.',
  );
}
// README: end
