import type { Request } from 'express';

/** Pages answer HTML; the same addresses answer JSON to `Accept: application/json`. */
export function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
