import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { RequestSession } from '../current-session.js';

/** Session ids that were stored before express-session gets them. */
const chosen = new WeakMap<object, string>();

/**
 * The id for the session that express-session creates for this request. A visitor's id is neither stored nor sent; it only
 * distinguishes the session from others.
 */
export function consumeNewSessionId(request: object): string {
  const id = chosen.get(request) ?? `visitor ${randomUUID()}`;
  chosen.delete(request);
  return id;
}

/**
 * Gives the request a new session under `sessionId`, whose row is already committed. Until then the request keeps the old
 * session, so a database failure does not lose the pending login. Undefined: a visitor, without a row.
 */
export function switchSession(
  request: Request,
  sessionId: string,
  standing: RequestSession | undefined,
): void {
  chosen.set(request, sessionId);
  request.sessionStore.generate(request);
  if (standing) request.session.standing = standing;
}
