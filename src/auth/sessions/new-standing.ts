import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Standing } from './current-session.js';

/** Ids that were stored before express-session is told of them. */
const chosen = new WeakMap<object, string>();

/**
 * The id of the session that express-session makes for this request. A visitor's is never stored nor sent, and only tells
 * it from others.
 */
export function takeNewSessionId(request: object): string {
  const id = chosen.get(request) ?? `visitor ${randomUUID()}`;
  chosen.delete(request);
  return id;
}

/**
 * Gives the request a new session under `sessionId`, whose row is already committed: until then the request keeps its old
 * one, so that a failing database costs nobody their held login. Undefined: a visitor, without a row.
 */
export function moveTo(request: Request, sessionId: string, standing: Standing | undefined): void {
  chosen.set(request, sessionId);
  request.sessionStore.generate(request);
  if (standing) request.session.standing = standing;
}
