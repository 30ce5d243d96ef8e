import type { RequestHandler } from 'express';
import session from 'express-session';
import { givenToken } from '../../api-tokens/bearer/bearer-request.js';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions } from '../common/cookies.js';
import { consumeNewSessionId } from './rows/session-switch.js';
import type { SessionStore } from './session.store.js';

/** Sessions for all addresses except `/assets/`, because their content is the same for all, and for all requests without a token. */
export function sessionMiddleware(config: Config, store: SessionStore): RequestHandler {
  const withSession = session({
    name: cookieName(config, 'portal'),
    secret: config.sessionSecret,
    store,
    genid: consumeNewSessionId,
    resave: false,
    saveUninitialized: false,
    cookie: { ...cookieOptions(config), secure: config.https },
  });
  return (request, response, next) => {
    if (request.path.startsWith('/assets/') || givenToken(request) !== null) return next();
    // Cookie attributes follow PUBLIC_URL and never the request. A proxy may not say that it uses https; then a Secure cookie
    // would silently not be set, and all sign-ins would fail.
    if (config.https) Object.defineProperty(request, 'secure', { value: true });
    withSession(request, response, next);
  };
}
