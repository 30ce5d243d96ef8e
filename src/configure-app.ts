import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import { readBearerToken } from './api-tokens/bearer/bearer-request.js';
import { readClientAddress } from './auth/common/forwarded-address.js';
import { csrfTokens } from './auth/csrf/csrf-token.js';
import { sessionMiddleware } from './auth/sessions/session-middleware.js';
import { SessionStore } from './auth/sessions/session.store.js';
import { Config } from './config.js';
import { EqualPosts } from './form-posts/equal-posts.js';
import { headers } from './portal/http/headers.js';
import { requestId } from './portal/http/request-id.js';

/** Largest request body; messages between people may be larger. */
const limit = '16kb';
const longTextLimit = '64kb';

/** Tickets, for customers and for staff, in every spelling of the URL that reaches them. */
const isLongText = (type: string) => (request: IncomingMessage) =>
  /^\/(staff\/)?tickets(\/|$)/i.test((request as Request).path) && Boolean((request as Request).is(type));

/**
 * Installs the middleware before every route, for the running portal and for tests alike. The app must be created with
 * `bodyParser: false`.
 */
export function configureApp(app: NestExpressApplication): void {
  const config = app.get(Config);
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  // Answers are `no-store`. Only assets may be cached, and an asset never changes under its address.
  app.disable('etag');
  app.use(requestId, readClientAddress, headers(config), readBearerToken, csrfTokens(config));
  app.use(sessionMiddleware(config, app.get(SessionStore)));
  app.useBodyParser('json', { limit: longTextLimit, type: isLongText('json') });
  app.useBodyParser('json', { limit });
  // Not extended: a form contains no nested objects and no arrays.
  app.useBodyParser('urlencoded', { limit: longTextLimit, type: isLongText('urlencoded'), extended: false });
  app.useBodyParser('urlencoded', { limit, extended: false });
  app.use(app.get(EqualPosts).middleware);
}
