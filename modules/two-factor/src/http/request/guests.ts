import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { Held } from '../../core/login/held-logins.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';

/** Whom a guard let in, for the handler behind it; kept off the request, where anybody could write. */
const held = new WeakMap<object, Held>();
const signedIn = new WeakMap<object, Confirmer>();

export function letIn(request: Request, guest: { held: Held } | { signedIn: Confirmer }): void {
  if ('held' in guest) held.set(request, guest.held);
  else signedIn.set(request, guest.signedIn);
}

/** @throws when no guard let anybody in: a route without its guard is a defect, and answers nobody. */
function heldOf(request: Request): Held {
  return known(held.get(request));
}

export function signedInOf(request: Request): Confirmer {
  return known(signedIn.get(request));
}

/** Whose account the request is about, where a guard let somebody in. */
export function guestAccount(request: Request): Account | undefined {
  return held.get(request)?.account ?? signedIn.get(request)?.session.account;
}

/** The held login that the route's guard let in. */
export const HeldGuest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  heldOf(context.switchToHttp().getRequest<Request>()),
);

/** The person signed in that the route's guard let in. */
export const SignedInGuest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  signedInOf(context.switchToHttp().getRequest<Request>()),
);

function known<T>(guest: T | undefined): T {
  if (guest === undefined) throw new Error('No guard let anybody in on this route.');
  return guest;
}
