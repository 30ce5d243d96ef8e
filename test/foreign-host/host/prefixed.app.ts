import { Module } from '@nestjs/common';
import { TwoFactorModule } from 'nestjs-two-factor';
import { EmitterSink } from 'nestjs-two-factor/emitter';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from './accounts.js';
import { HostModule } from './host.module.js';
import { HostSettings } from './host.settings.js';
import { HostSettingsModule } from './host-settings.module.js';
import { UsersModule } from './users.module.js';

/** Below a prefix, behind a converting pipe, with options that come from its own settings. */
@Module({
  imports: [
    HostModule,
    // README: begin
    TwoFactorModule.forRootAsync({
      accounts: Accounts,
      session: PassportSession,
      sink: EmitterSink,
      imports: [UsersModule, HostSettingsModule],
      inject: [HostSettings],
      useFactory: ({ issuer, keys, require }: HostSettings) => ({ issuer, keys, require }),
    }),
    // README: end
  ],
})
export class PrefixedApp {}
