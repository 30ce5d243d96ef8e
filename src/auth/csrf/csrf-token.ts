import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions, parseCookie } from '../common/cookies.js';
import { standing } from '../sessions/current-session.js';

/** How each request gets its token. */
const tokens = new WeakMap<Request, () => string>();

/** Lets `csrfToken` work on the requests that pass here. */
export function csrfTokens(config: Config): RequestHandler {
  return (request, _response, next) => {
    tokens.set(request, () => tokenOf(request, config));
    next();
  };
}

/**
 * The one token that every form of this session carries as `_csrf`: an HMAC over the session's key; for visitors, who have
 * no session, over a random cookie, which is set when there is none. Ask before the answer's headers are sent.
 */
export function csrfToken(request: Request): string {
  const token = tokens.get(request);
  if (!token) throw new Error('No form token on this request: it did not pass csrfTokens().');
  return token();
}

/** Is this the session's token? */
export function isCsrfToken(request: Request, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const expected = Buffer.from(csrfToken(request));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function tokenOf(request: Request, config: Config): string {
  const { current, held } = standing(request) ?? {};
  const key = current?.key ?? held?.key;
  const subject = key === undefined ? `visitor:${visitorOf(request, config)}` : `session:${key}`;
  return createHmac('sha256', config.sessionSecret).update(`form:${subject}`).digest('base64url');
}

const visitors = new WeakMap<Request, string>();

/** The visitor's random cookie; the same one for the whole of a request, also when it was made just now. */
function visitorOf(request: Request, config: Config): string {
  const name = cookieName(config, 'portal-visitor');
  const known = visitors.get(request) ?? parseCookie(request, name);
  if (known !== undefined && /^[\w-]{32}$/.test(known)) return known;
  const made = randomBytes(24).toString('base64url');
  visitors.set(request, made);
  request.res?.cookie(name, made, cookieOptions(config));
  return made;
}
