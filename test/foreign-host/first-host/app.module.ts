import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { TwoFactorModule } from 'nestjs-two-factor';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from './accounts.js';
import { database } from './database.js';
import { required } from './environment.js';
import { HomeController } from './home.controller.js';
import { LoginController } from './login.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { SignUpController } from './sign-up.controller.js';
import { UserSerializer } from './user.serializer.js';
import { UsersModule } from './users.module.js';

/** The whole portal. */
@Module({
  imports: [
    database,
    UsersModule,
    PassportModule.register({ session: true }),
    TwoFactorModule.forRoot({
      issuer: 'Example Hosting',
      keys: required('TWO_FACTOR_KEYS'),
      accounts: Accounts,
      session: PassportSession,
      imports: [UsersModule],
    }),
  ],
  controllers: [HomeController, LoginController, SignUpController],
  providers: [PasswordStrategy, UserSerializer],
})
export class AppModule {}
