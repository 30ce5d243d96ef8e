import { Module } from '@nestjs/common';
import { TwoFactorModule } from 'nestjs-two-factor';
import { EmitterSink } from 'nestjs-two-factor/emitter';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from './accounts.js';
import { HostModule } from './host.module.js';
import { keys } from './keys.js';
import { UsersModule } from './users.module.js';

/** Without a global guard: each route has its own. */
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
    }),
    // README: end
  ],
})
export class OpenApp {}
