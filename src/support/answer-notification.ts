import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.js';
import type { PortalEvent } from '../events/portal-event.js';
import { AccountNotification } from '../mail/notifications/account-notification.js';

/**
 * Mails a ticket's owner that staff have answered. The mail does not contain the answer, since it may concern data that the
 * account protects.
 */
@Injectable()
export class AnswerNotification extends AccountNotification {
  protected readonly event = 'ticket.answered';
  protected readonly view = 'mail/ticket-answered';
  protected override readonly isStoppable = false;

  protected modelOf({ data }: PortalEvent) {
    return { number: data['number'], ticketId: data['ticketId'] };
  }

  protected override isFor({ suspended }: Account): boolean {
    return !suspended;
  }
}
