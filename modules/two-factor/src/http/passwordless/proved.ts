import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';

/** Whose both factors a request has proved; kept off the request, where anybody could write. */
const proved = new WeakMap<object, string>();

/** This request has proved all that could be asked of the account. */
export function hasProved(request: Request, { id }: Account): void {
  proved.set(request, id);
}

/** Has it? Once: whatever else this request signs in is asked. */
export function takeProved(request: Request, { id }: Account): boolean {
  const whose = proved.get(request);
  proved.delete(request);
  return whose === id;
}
