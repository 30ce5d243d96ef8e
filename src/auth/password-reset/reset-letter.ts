import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../accounts/accounts.service.js';
import { Config } from '../../config.js';
import { HandOver } from '../../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../../events/portal-event.js';
import { Mailer } from '../../mail/mailer.js';
import { ResetLinks } from './reset-links.js';

/** Mails the link that was asked for, once for each request; one that is no longer good is not sent. */
@Injectable()
export class ResetLetter implements EventKeeper, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: ResetLinks,
    private readonly mailer: Mailer,
    private readonly handOver: HandOver,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep({ id, name, accountId, at, ip, userAgent }: PortalEvent): Promise<void> {
    if (name !== 'password.reset-requested' || accountId === null) return;
    const token = await this.links.tokenFor(accountId, id);
    const to = token === null ? null : await this.accounts.byId(accountId);
    if (token === null || !to) return;
    // Never the request's Host: whoever asks for the link would choose where it leads (CWE-640).
    const link = `${this.config.publicUrl}/password/reset/${token}`;
    await this.mailer.send({ id, to, view: 'mail/password-reset', model: { link, at, ip, userAgent } });
  }
}
