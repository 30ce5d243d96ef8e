import { Injectable } from '@nestjs/common';
import { Mailer, type Account, type Notice } from 'nestjs-two-factor';
import { Accounts } from '../accounts/accounts.service.js';
import { Config } from '../config.js';
import { Mailer as PortalMailer } from '../mail/mailer.js';
import { browserName } from '../pages/browser-name.js';
import { gateId } from './gate-id.js';

/** The module's notices by the portal's mail. */
@Injectable()
export class PortalNotices extends Mailer {
  constructor(
    private readonly mailer: PortalMailer,
    private readonly config: Config,
    private readonly accounts: Accounts,
  ) {
    super();
  }

  async send(to: Account, { id, template, model, until }: Notice): Promise<void> {
    const locale = (await this.accounts.byId(to.id))?.locale ?? null;
    const agent = typeof model['userAgent'] === 'string' ? model['userAgent'] : null;
    const facts = { browser: browserName(agent), security: `${this.config.publicUrl}/account/security` };
    await this.mailer.send({
      id,
      to: { name: to.label, email: to.email, locale },
      view: `modules/${gateId}/mail/${template}`,
      model: { ...model, ...facts },
      ...(until !== undefined && { until }),
    });
  }
}
