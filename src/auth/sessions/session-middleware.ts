import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions } from '../common/cookies.js';
import { takeNewSessionId } from './new-standing.js';
import type { SessionStore } from './session.store.js';

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
