import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';

/**
 * The account that proved both factors in a request. It is not stored on the request, where any code could write it.
 */
const proved = new WeakMap<object, string>();

/** Records that this request has verified both factors of the account. */
export function markVerified(request: Request, { id }: Account): void {
  proved.set(request, id);
}

/** Returns whether it was recorded, and removes it: a second sign-in in this request is asked again. */
export function consumeVerified(request: Request, { id }: Account): boolean {
  const whose = proved.get(request);
  proved.delete(request);
  return whose === id;
}
