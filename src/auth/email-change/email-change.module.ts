import { Module } from '@nestjs/common';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountEmailController } from './account-email.controller.js';
import { EmailChange } from './email-change.js';
import { EmailChangeMails } from './email-change-mails.js';
import { EmailConfirmController } from './email-confirm.controller.js';
import { EmailConfirmation } from './email-confirmation.js';
import { EmailLimits } from './email-limits.js';
import { EmailLinks } from './email-links.js';
import { EmailRefusals } from './email-refusals.js';
import { EmailRequest } from './email-request.js';

/** The change of an e-mail address, confirmed by a mailed link. */
@Module({
  imports: [RateLimitsModule, SessionsModule],
  controllers: [AccountEmailController, EmailConfirmController],
  providers: [
    EmailConfirmation,
    EmailChangeMails,
    EmailLimits,
    EmailLinks,
    EmailRefusals,
    EmailRequest,
    EmailChange,
  ],
})
export class EmailChangeModule {}
