import { ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { csrfTokens } from './auth/csrf-token.js';
import { sessionMiddleware } from './auth/session-middleware.js';
import { SessionStore } from './auth/session.store.js';
import { Config } from './config.js';
import { headers } from './portal/headers.js';
import { requestId } from './portal/request-id.js';

/** Largest body that is taken. */
const limit = '16kb';

/** What stands in front of every route: the same for the running portal and for tests. Made with `bodyParser: false`. */
export function configureApp(app: NestExpressApplication): void {
  const config = app.get(Config);
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  app.use(requestId, headers(config), csrfTokens(config), sessionMiddleware(config, app.get(SessionStore)));
  app.useBodyParser('json', { limit });
  // Not extended: nested objects and arrays have no place in a form.
  app.useBodyParser('urlencoded', { limit, extended: false });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: false }));
}
