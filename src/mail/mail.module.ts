import { Global, Module } from '@nestjs/common';
import { LetterWriter } from './letter-writer.js';
import { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox.mailer.js';
import { PasswordNotice } from './password-notice.js';

/** How notices reach people. Global: every room may have something to say. */
@Global()
@Module({
  providers: [LetterWriter, PasswordNotice, { provide: Mailer, useClass: OutboxMailer }],
  exports: [Mailer],
})
export class MailModule {}
