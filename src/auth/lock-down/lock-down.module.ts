import { Global, Module } from '@nestjs/common';
import { PasswordResetModule } from '../password-reset/password-reset.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { EmailRestore } from './email-restore.js';
import { LockDownMails } from './lock-down-mails.js';
import { LockDownSweep } from './lock-down-sweep.js';
import { LockDowns } from './lock-downs.js';

/** What the portal does when an owner says “This wasn’t me”. Global, because other parts of the portal add steps of their own. */
@Global()
@Module({
  imports: [SessionsModule, PasswordResetModule],
  providers: [EmailRestore, LockDownMails, LockDownSweep, LockDowns],
  exports: [LockDowns],
})
export class LockDownModule {}
