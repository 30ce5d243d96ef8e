import { Global, Module } from '@nestjs/common';
import { Config } from '../config.js';
import { MailCipher } from './queue/letter-box.js';
import { MailRenderer } from './letters/letter-writer.js';
import { MailDelivery } from './queue/mail-delivery.js';
import { MailEnqueuer } from './queue/mail-intake.js';
import { MailAdmin } from './operations/mail-ledger.js';
import { MailRateLimit } from './queue/mail-pace.js';
import { MailQueue } from './queue/mail-queue.js';
import { MailRepository } from './queue/mail-rows.js';
import { MailTransport } from './transport/mail-transport.js';
import { Mailer } from './letters/mailer.js';
import { OutboxTransport } from './transport/outbox.transport.js';
import { PasswordNotification } from './notices/password-notice.js';
import { SmtpTransport } from './transport/smtp.transport.js';

/** Mail to people. Global, because every module may send notifications. */
@Global()
@Module({
  providers: [
    ...[
      MailRenderer,
      MailCipher,
      MailRateLimit,
      MailEnqueuer,
      MailRepository,
      MailAdmin,
      MailDelivery,
      PasswordNotification,
    ],
    { provide: Mailer, useClass: MailQueue },
    { provide: MailTransport, useFactory: transport, inject: [Config] },
  ],
  exports: [Mailer],
})
export class MailModule {}

function transport(config: Config): MailTransport {
  return config.smtp ? new SmtpTransport(config, config.smtp) : new OutboxTransport(config);
}
