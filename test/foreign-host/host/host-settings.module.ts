import { Module } from '@nestjs/common';
import { HostSettings } from './host.settings.js';

@Module({ providers: [HostSettings], exports: [HostSettings] })
export class HostSettingsModule {}
