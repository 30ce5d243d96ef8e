import type { Request, Response } from 'express';
import { wantsJson } from './wants-json.js';

/** The answer to something done: people go on to a page (303), JSON clients are told. Never cached. */
export function goTo(
  request: Request,
  response: Response,
  to: string,
  json: Readonly<Record<string, unknown>>,
): void {
  response.vary('Accept').set('Cache-Control', 'no-store');
  if (wantsJson(request)) response.json(json);
  else response.redirect(303, to);
}
