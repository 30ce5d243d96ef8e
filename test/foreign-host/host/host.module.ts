import { Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { PassportModule } from '@nestjs/passport';
import { BasketController } from './basket.controller.js';
import { database } from './database.js';
import { Diary } from './diary.js';
import { LoginController } from './login.controller.js';
import { MembersController } from './members.controller.js';
import { OtherLoginsController } from './other-logins.controller.js';
import { PasswordStrategy } from './password.strategy.js';
import { UserSerializer } from './user.serializer.js';
import { UsersModule } from './users.module.js';

/** The host as it was before two-factor: users, a password, pages. */
@Module({
  imports: [
    database,
    EventEmitterModule.forRoot({ wildcard: true }),
    PassportModule.register({ session: true }),
    UsersModule,
  ],
  controllers: [BasketController, LoginController, OtherLoginsController, MembersController],
  providers: [Diary, PasswordStrategy, UserSerializer],
})
export class HostModule {}
