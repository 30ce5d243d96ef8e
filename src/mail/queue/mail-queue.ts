import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AfterCommit } from 'typeorm-unit-of-work';
import { LetterWriter } from '../letters/letter-writer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailIntake } from './mail-intake.js';
import { type Mail, Mailer } from '../letters/mailer.js';
import { plainId } from '../transport/message.js';

/** Writes mails at once, so that no template can fail later, and keeps them in the database until they are delivered. */
@Injectable()
export class MailQueue extends Mailer {
  constructor(
    private readonly database: DataSource,
    private readonly writer: LetterWriter,
    private readonly intake: MailIntake,
    private readonly commits: AfterCommit,
    private readonly delivery: MailDelivery,
  ) {
    super();
  }

  async send(mail: Mail, manager = this.database.manager): Promise<void> {
    const id = plainId(mail.id);
    const { view, until, decoy } = mail;
    const limits = { ...(until !== undefined && { until }), ...(decoy !== undefined && { decoy }) };
    const letter = { ...this.writer.write(mail), ...limits };
    await this.intake.take({ id, view, letter }, manager);
    this.commits.run(manager, () => this.delivery.begin(id));
  }
}
