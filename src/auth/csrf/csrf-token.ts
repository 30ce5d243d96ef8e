import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions, parseCookie } from '../common/cookies.js';
import { requestSession } from '../sessions/current-session.js';

/** The function that returns the token of each request. */
const tokens = new WeakMap<Request, () => string>();

/** Makes `csrfToken` available for the requests that pass this middleware. */
export function csrfTokens(config: Config): RequestHandler {
  return (request, _response, next) => {
    tokens.set(request, () => tokenOf(request, config));
    next();
  };
}

/**
 * The token that every form of this session carries as `_csrf`: an HMAC over the session's key. Visitors have no session, so
 * the HMAC covers a random cookie, which is set if it is missing. Call it before the response headers are sent.
 */
export function csrfToken(request: Request): string {
  const token = tokens.get(request);
  if (!token) throw new Error('No form token on this request: it did not pass csrfTokens().');
  return token();
}

/** Returns whether this is the session's token. */
export function isCsrfToken(request: Request, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  return isSame(csrfToken(request), given);
}

/** Returns whether this is the token of the session with this key, also when the session has ended. */
export function isTokenOfSession(config: Config, key: string, given: unknown): boolean {
  return typeof given === 'string' && isSame(tokenFor(config, `session:${key}`), given);
}

function isSame(token: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(token), Buffer.from(given)];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function tokenOf(request: Request, config: Config): string {
  const { current, pending, impersonation } = requestSession(request) ?? {};
  const key = current?.key ?? pending?.key;
  if (key === undefined) return tokenFor(config, `visitor:${visitorOf(request, config)}`);
  // A form of the agent's own pages is not carried out for the client, and the other way round.
  return tokenFor(config, impersonation ? `session:${key} as:${impersonation.id}` : `session:${key}`);
}

function tokenFor(config: Config, subject: string): string {
  return createHmac('sha256', config.sessionSecret).update(`form:${subject}`).digest('base64url');
}

const visitors = new WeakMap<Request, string>();

/** The visitor's random cookie. It stays the same during a request, also if the request has just created it. */
function visitorOf(request: Request, config: Config): string {
  const name = cookieName(config, 'portal-visitor');
  const known = visitors.get(request) ?? parseCookie(request, name);
  if (known !== undefined && /^[\w-]{32}$/.test(known)) return known;
  const made = randomBytes(24).toString('base64url');
  visitors.set(request, made);
  request.res?.cookie(name, made, cookieOptions(config));
  return made;
}
