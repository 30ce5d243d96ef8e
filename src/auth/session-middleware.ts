import type { CookieOptions, RequestHandler } from 'express';
import session from 'express-session';
import type { Config } from '../config.js';
import { takeNewSessionId } from './new-standing.js';
import type { SessionStore } from './session.store.js';

/** `__Host-` binds a cookie to this very host, over https, for all paths (RFC 6265bis §4.1.3.2). */
export function cookieName(config: Config, name: string): string {
  return config.https ? `__Host-${name}` : name;
}

/** The attributes of every cookie of the portal. No maxAge: limits are read from the row, not from the browser. */
export function cookieOptions(config: Config): CookieOptions & { sameSite: 'lax' } {
  return { httpOnly: true, secure: config.https, sameSite: 'lax', path: '/' };
}

/** Sessions for everything but `/assets/`, which is the same for everybody. */
export function sessionMiddleware(config: Config, store: SessionStore): RequestHandler {
  const withSession = session({
    name: cookieName(config, 'portal'),
    secret: config.sessionSecret,
    store,
    genid: takeNewSessionId,
    resave: false,
    saveUninitialized: false,
    cookie: { ...cookieOptions(config), secure: config.https },
  });
  return (request, response, next) => {
    if (request.path.startsWith('/assets/')) return next();
    // Flags of cookies follow PUBLIC_URL and never the request: behind a proxy that does not say that it speaks https,
    // a Secure cookie would silently not be set, and nobody could sign in.
    if (config.https) Object.defineProperty(request, 'secure', { value: true });
    withSession(request, response, next);
  };
}
