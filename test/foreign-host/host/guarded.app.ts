import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TwoFactorModule } from 'nestjs-two-factor';
import { EmitterSink } from 'nestjs-two-factor/emitter';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from './accounts.js';
import { DoorGuard } from './door.guard.js';
import { ForgottenController } from './forgotten.controller.js';
import { HostModule } from './host.module.js';
import { keys } from './keys.js';
import { Members, Public } from './marks.js';
import { UsersModule } from './users.module.js';

/** With a global guard that refuses routes without a mark. */
@Module({
  imports: [
    HostModule,
    // README: begin
    TwoFactorModule.forRoot({
      issuer: 'Example Hosting',
      keys,
      accounts: Accounts,
      session: PassportSession,
      sink: EmitterSink,
      imports: [UsersModule],
      decorate: { pending: [Public()], 'signed-in': [Members()] },
    }),
    // README: end
  ],
  controllers: [ForgottenController],
  providers: [{ provide: APP_GUARD, useClass: DoorGuard }],
})
export class GuardedApp {}
