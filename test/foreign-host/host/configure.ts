import { ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import session, { type Store } from 'express-session';
import passport from 'passport';

/** Sessions, as passport's documentation has them. */
export function withSessions(app: NestExpressApplication, store: Store): void {
  app.use(session({ store, secret: 'host', resave: false, saveUninitialized: false }));
  app.use(passport.session());
}

/** A prefix, and a pipe that converts whatever comes in. */
export function belowPrefix(app: NestExpressApplication): void {
  app.setGlobalPrefix('api');
  const transformOptions = { enableImplicitConversion: true };
  app.useGlobalPipes(new ValidationPipe({ transform: true, transformOptions, whitelist: true }));
}
