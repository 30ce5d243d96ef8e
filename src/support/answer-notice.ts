import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.service.js';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';
import { Mailer } from '../mail/mailer.js';

/**
 * Tells a ticket's owner that staff have answered: one mail for each answer. What was written stays behind the sign-in,
 * since it may be about what the account protects.
 */
@Injectable()
export class AnswerNotice implements EventKeeper, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep({ id, name, accountId, data }: PortalEvent): Promise<void> {
    if (name !== 'ticket.answered' || accountId === null) return;
    const to = await this.accounts.byId(accountId);
    if (!to || to.suspended) return;
    const model = { number: data['number'], ticketId: data['ticketId'] };
    await this.mailer.send({ id, to, view: 'mail/ticket-answered', model });
  }
}
