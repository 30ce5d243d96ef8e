import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../accounts/accounts.service.js';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { StopLinks } from '../../mail/notifications/stop-links.js';
import { Mailer } from '../../mail/rendering/mailer.js';
import { TokenApprovals } from './token-approvals.js';

/**
 * Mails the owner that a token asks for an approval. The link leads to the page, where the owner signs in and decides: opening it changes nothing. The
 * mail is useless after the approval has expired, and is not delivered then.
 */
@Injectable()
export class ApprovalNotification implements EventSubscriber, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly approvals: TokenApprovals,
    private readonly mailer: Mailer,
    private readonly stopLinks: StopLinks,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  async handle(event: PortalEvent): Promise<void> {
    const { id, name, accountId, data, at, ip, userAgent } = event;
    if (name !== 'approval.requested' || accountId === null) return;
    const approval = await this.approvals.find(accountId, String(data['approvalId']));
    const to = await this.accounts.byId(accountId);
    // Approvals of staff have the same event, and mails of their own.
    if (!to || !approval) return;
    const { title, fields } = approval.description;
    const stop = await this.stopLinks.link({ accountId, to: to.email, event });
    const model = { ...title, fields, approvalId: approval.id, at, ip, userAgent, stop };
    await this.mailer.send({ id, to, view: 'mail/approval-requested', model, until: approval.expiresAt });
  }
}
