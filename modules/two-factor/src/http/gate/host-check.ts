import { Logger, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

const logger = new Logger('nestjs-two-factor');
const warned = new WeakSet<object>();

const unchecked =
  "a protected account's password passed without the host's check (README, “The check that stays”). With two-factor taken " +
  'out it would sign in by its password alone. Call the check in the strategy, and see that the account carries its marker.';

/**
 * A host's own check reads from the request here that the second factor will be asked. The symbol is registered. The check
 * therefore needs no import and stays in the host when the package is removed.
 */
const announced = Symbol.for('nestjs-two-factor');

/** The value that the host's check finds on the request. It records that the check has run. */
class Announcement {
  wasRead = false;

  /** True: this request signs in only an account that the gate admits. */
  get asks(): true {
    this.wasRead = true;
    return true;
  }
}

/** From now on the host's check lets protected accounts of this request pass to the gate, or behind it. */
export function announce(request: Request): void {
  Reflect.set(request, announced, new Announcement());
}

/** Warns once for each guard when no check of the host has read the announcement. The routes of a guard share a strategy. */
export function warnUnlessChecked(guard: object, context: ExecutionContext): void {
  const found: unknown = Reflect.get(context.switchToHttp().getRequest<Request>(), announced);
  if ((found instanceof Announcement && found.wasRead) || warned.has(guard)) return;
  warned.add(guard);
  logger.warn(`${context.getClass().name}.${context.getHandler().name}: ${unchecked}`);
}
