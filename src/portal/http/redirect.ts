import type { Request, Response } from 'express';
import { wantsJson } from './wants-json.js';

/** The answer after a change: people are redirected (303), JSON clients get the result. Never cached. */
export function redirect(
  request: Request,
  response: Response,
  to: string,
  json: Readonly<Record<string, unknown>>,
): void {
  response.vary('Accept').set('Cache-Control', 'no-store');
  if (wantsJson(request)) response.json(json);
  else response.redirect(303, to);
}
