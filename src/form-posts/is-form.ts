import type { Request } from 'express';
import { wantsJson } from '../portal/http/wants-json.js';

/** Returns whether a page's form was posted. The posts of programs are JSON. */
export function isForm(request: Request): boolean {
  const isEncoded = request.is('urlencoded') !== false && request.is('urlencoded') !== null;
  return request.method === 'POST' && isEncoded && !wantsJson(request);
}
