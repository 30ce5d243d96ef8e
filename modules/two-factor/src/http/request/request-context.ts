import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';

/**
 * The pending login or person that a guard admitted, for the handler behind it. It is not stored on the request, where any code
 * could write it.
 */
const pending = new WeakMap<object, ActivePendingLogin>();
const signedIn = new WeakMap<object, StepUpContext>();

export function setSubject(
  request: Request,
  guest: { pending: ActivePendingLogin } | { signedIn: StepUpContext },
): void {
  if ('pending' in guest) pending.set(request, guest.pending);
  else signedIn.set(request, guest.signedIn);
}

/** @throws when no guard has admitted the request: a route without its guard is a defect and gets no answer. */
function pendingOf(request: Request): ActivePendingLogin {
  return known(pending.get(request));
}

export function signedInOf(request: Request): StepUpContext {
  return known(signedIn.get(request));
}

/** The account of the request, if a guard has admitted it. */
export function subjectAccount(request: Request): Account | undefined {
  return pending.get(request)?.account ?? signedIn.get(request)?.session.account;
}

/** The account that a guard admitted as signed in. */
export function signedInAccount(request: Request): Account | undefined {
  return signedIn.get(request)?.session.account;
}

/** The pending login that the route's guard admitted. */
export const CurrentPendingLogin = createParamDecorator((_: unknown, context: ExecutionContext) =>
  pendingOf(context.switchToHttp().getRequest<Request>()),
);

/** The signed-in person that the route's guard admitted. */
export const CurrentSubject = createParamDecorator((_: unknown, context: ExecutionContext) =>
  signedInOf(context.switchToHttp().getRequest<Request>()),
);

function known<T>(guest: T | undefined): T {
  if (guest === undefined) throw new Error('No guard let anybody in on this route.');
  return guest;
}
