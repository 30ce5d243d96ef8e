import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import session from 'express-session';
import passport from 'passport';
import { naiveDatabase } from './database.js';
import { LoginController } from './login.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { Session } from './session.entity.js';
import { DatabaseStore } from './session.store.js';
import { User } from './user.entity.js';

const database = naiveDatabase();

@Module({
  imports: [
    PassportModule,
    TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...database.options }),
      dataSourceFactory: () => database.initialize(),
    }),
    TypeOrmModule.forFeature([User]),
  ],
  controllers: [LoginController],
  providers: [PasswordStrategy],
})
class NaivePortal {}

const app = await NestFactory.create<NestExpressApplication>(NaivePortal, { logger: false });
const store = new DatabaseStore(database.getRepository(Session));
app.use(session({ secret: 'no secret at all', store, resave: false, saveUninitialized: false }));
app.use(passport.initialize(), passport.session());
passport.serializeUser<number>((user, done) => done(null, (user as User).id));
passport.deserializeUser<number>((id, done) => {
  database.manager.findOneBy(User, { id }).then(
    (user) => done(null, user),
    (error: unknown) => done(error),
  );
});
app.useGlobalPipes(new ValidationPipe());
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
