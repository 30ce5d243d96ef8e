import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../accounts/accounts.service.js';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { Mailer } from '../../mail/rendering/mailer.js';
import { ApprovalJson } from './approval.json.js';
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
    private readonly json: ApprovalJson,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  async handle({ id, name, accountId, data, ...origin }: PortalEvent): Promise<void> {
    if (name !== 'approval.requested' || accountId === null) return;
    const approval = await this.approvals.find(accountId, String(data['approvalId']));
    const to = await this.accounts.byId(accountId);
    // Approvals of staff have the same event, and mails of their own.
    if (!to || !approval) return;
    const { key, values } = approval.description.title;
    const { fields } = approval.description;
    const { at, ip, userAgent } = origin;
    const model = { key, values, fields, address: this.json.urlOf(approval.id), at, ip, userAgent };
    await this.mailer.send({ id, to, view: 'mail/approval-requested', model, until: approval.expiresAt });
  }
}
