import { Module } from '@nestjs/common';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { PasswordModule } from '../password/password.module.js';
import { ForgottenPasswordController } from './forgotten-password.controller.js';
import { PasswordReset } from './password-reset.js';
import { PasswordResetController } from './password-reset.controller.js';
import { ResetAnswers } from './reset-answers.js';
import { ResetLimits } from './reset-limits.js';
import { ResetLinks } from './reset-links.js';
import { ResetMails } from './reset-mails.js';
import { ResetQueue } from './reset-queue.js';
import { ResetRequest } from './reset-request.js';
import { ResetWorker } from './reset-worker.js';

/** The reset of a forgotten password by a mailed link. */
@Module({
  imports: [RateLimitsModule, SessionsModule, PasswordModule],
  controllers: [ForgottenPasswordController, PasswordResetController],
  providers: [
    PasswordReset,
    ResetAnswers,
    ResetWorker,
    ResetMails,
    ResetLimits,
    ResetLinks,
    ResetRequest,
    ResetQueue,
  ],
  exports: [ResetLinks],
})
export class PasswordResetModule {}
