import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AfterCommit } from 'typeorm-unit-of-work';
import { MailRenderer } from '../rendering/mail-renderer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailEnqueuer } from './mail-enqueuer.js';
import { type Mail, Mailer } from '../rendering/mailer.js';
import { plainId } from '../transport/message.js';

/** Renders mails at once, so that no template can fail later, and stores them in the database until they are delivered. */
@Injectable()
export class MailQueue extends Mailer {
  constructor(
    private readonly database: DataSource,
    private readonly writer: MailRenderer,
    private readonly intake: MailEnqueuer,
    private readonly commits: AfterCommit,
    private readonly delivery: MailDelivery,
  ) {
    super();
  }

  async send(mail: Mail, manager = this.database.manager): Promise<void> {
    const id = plainId(mail.id);
    const { view, until, decoy } = mail;
    const limits = { ...(until !== undefined && { until }), ...(decoy !== undefined && { decoy }) };
    const letter = { ...this.writer.render(mail), ...limits };
    await this.intake.enqueue({ id, view, letter }, manager);
    this.commits.run(manager, () => this.delivery.begin(id));
  }
}
