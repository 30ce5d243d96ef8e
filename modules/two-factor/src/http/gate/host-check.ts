import { Logger, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

const logger = new Logger('nestjs-two-factor');
const warned = new WeakSet<object>();

const unchecked =
  "a protected account's password passed without the host's check (README, “The check that stays”). With two-factor taken " +
  'out it would sign in by its password alone. Call the check in the strategy, and see that the account carries its marker.';

/**
 * Where a host's own check reads, off a request, that the second factor is asked. The symbol is registered, so the check
 * needs no import and stays in the host when the package is taken out.
 */
const announced = Symbol.for('nestjs-two-factor');

/** What the host's check finds on the request. It remembers that the check was there. */
class Announcement {
  wasRead = false;

  /** This request signs in only an account that the gate admits. */
  get asks(): true {
    this.wasRead = true;
    return true;
  }
}

/** From now on the host's check lets protected accounts of this request through to the gate, or behind it. */
export function announce(request: Request): void {
  Reflect.set(request, announced, new Announcement());
}

/** Warns once for each guard, since its routes share a strategy, when no check of the host's has read the announcement. */
export function warnUnlessChecked(guard: object, context: ExecutionContext): void {
  const found: unknown = Reflect.get(context.switchToHttp().getRequest<Request>(), announced);
  if ((found instanceof Announcement && found.wasRead) || warned.has(guard)) return;
  warned.add(guard);
  logger.warn(`${context.getClass().name}.${context.getHandler().name}: ${unchecked}`);
}
