import { Global, Module } from '@nestjs/common';
import { Config } from '../config.js';
import { LetterBox } from './letter-box.js';
import { LetterWriter } from './letter-writer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailIntake } from './mail-intake.js';
import { MailLedger } from './mail-ledger.js';
import { MailPace } from './mail-pace.js';
import { MailQueue } from './mail-queue.js';
import { MailRows } from './mail-rows.js';
import { MailTransport } from './mail-transport.js';
import { Mailer } from './mailer.js';
import { OutboxTransport } from './outbox.transport.js';
import { PasswordNotice } from './password-notice.js';
import { SmtpTransport } from './smtp.transport.js';

/** How notices reach people. Global: every room may have something to say. */
@Global()
@Module({
  providers: [
    ...[LetterWriter, LetterBox, MailPace, MailIntake, MailRows, MailLedger, MailDelivery, PasswordNotice],
    { provide: Mailer, useClass: MailQueue },
    { provide: MailTransport, useFactory: transport, inject: [Config] },
  ],
  exports: [Mailer],
})
export class MailModule {}

function transport(config: Config): MailTransport {
  return config.smtp ? new SmtpTransport(config, config.smtp) : new OutboxTransport(config);
}
