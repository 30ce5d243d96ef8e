import { Module } from '@nestjs/common';
import { PasswordResetModule } from '../../auth/password-reset/password-reset.module.js';
import {
  ReopeningNotification,
  SessionsEndedNotification,
  SuspensionNotification,
} from './act-notifications.js';
import { ClientActsController } from './client-acts.controller.js';
import { EndSessionsAct } from './end-sessions.act.js';
import { PasswordLinkAct } from './password-link.act.js';
import { PasswordLinkMail } from './password-link-mail.js';
import { ReopenAct } from './reopen.act.js';
import { SuspendAct } from './suspend.act.js';

/** The portal's own acts of staff on a client: suspend and reopen, end sessions, send a link for a new password. */
@Module({
  imports: [PasswordResetModule],
  controllers: [ClientActsController],
  providers: [
    ...[EndSessionsAct, PasswordLinkAct, PasswordLinkMail, ReopenAct, SuspendAct],
    ...[ReopeningNotification, SessionsEndedNotification, SuspensionNotification],
  ],
})
export class ClientActsModule {}
