import { Global, Module } from '@nestjs/common';
import { Config } from '../config.js';
import { MailCipher } from './queue/mail-cipher.js';
import { MailRenderer } from './rendering/mail-renderer.js';
import { MailDelivery } from './queue/mail-delivery.js';
import { MailEnqueuer } from './queue/mail-enqueuer.js';
import { MailAdmin } from './operations/mail-admin.js';
import { MailRateLimit } from './queue/mail-rate-limit.js';
import { MailQueue } from './queue/mail-queue.js';
import { MailRepository } from './queue/mail-repository.js';
import { MailTransport } from './transport/mail-transport.js';
import { Mailer } from './rendering/mailer.js';
import { OutboxTransport } from './transport/outbox.transport.js';
import { PasswordNotification } from './notifications/password-notification.js';
import { StopLinks } from './notifications/stop-links.js';
import { SmtpTransport } from './transport/smtp.transport.js';

/** Mail to people. Global, because every module may send notifications. */
@Global()
@Module({
  providers: [
    MailRenderer,
    MailCipher,
    MailRateLimit,
    MailEnqueuer,
    MailRepository,
    MailAdmin,
    MailDelivery,
    PasswordNotification,
    StopLinks,
    { provide: Mailer, useClass: MailQueue },
    { provide: MailTransport, useFactory: transport, inject: [Config] },
  ],
  exports: [Mailer, StopLinks],
})
export class MailModule {}

function transport(config: Config): MailTransport {
  return config.smtp ? new SmtpTransport(config, config.smtp) : new OutboxTransport(config);
}
