import { Module } from '@nestjs/common';
import { OpenApp } from './open.app.js';
import { SettingsController } from './settings.controller.js';
import { UsersModule } from './users.module.js';

/** With pages on which members change how they sign in. */
@Module({ imports: [OpenApp, UsersModule], controllers: [SettingsController] })
export class SettingsApp {}
