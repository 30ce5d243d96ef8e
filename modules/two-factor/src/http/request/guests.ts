import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { Held } from '../../core/login/held-logins.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';

/**
 * The pending login or person that a guard admitted, for the handler behind it. It is not stored on the request, where any code
 * could write it.
 */
const held = new WeakMap<object, Held>();
const signedIn = new WeakMap<object, Confirmer>();

export function letIn(request: Request, guest: { held: Held } | { signedIn: Confirmer }): void {
  if ('held' in guest) held.set(request, guest.held);
  else signedIn.set(request, guest.signedIn);
}

/** @throws when no guard has admitted the request: a route without its guard is a defect and gets no answer. */
function heldOf(request: Request): Held {
  return known(held.get(request));
}

export function signedInOf(request: Request): Confirmer {
  return known(signedIn.get(request));
}

/** The account of the request, if a guard has admitted it. */
export function guestAccount(request: Request): Account | undefined {
  return held.get(request)?.account ?? signedIn.get(request)?.session.account;
}

/** The pending login that the route's guard admitted. */
export const HeldGuest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  heldOf(context.switchToHttp().getRequest<Request>()),
);

/** The signed-in person that the route's guard admitted. */
export const SignedInGuest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  signedInOf(context.switchToHttp().getRequest<Request>()),
);

function known<T>(guest: T | undefined): T {
  if (guest === undefined) throw new Error('No guard let anybody in on this route.');
  return guest;
}
