import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.js';
import type { PortalEvent } from '../events/portal-event.js';
import { OwnerNotice } from '../mail/notices/owner-notice.js';

/**
 * Tells a ticket's owner that staff have answered. What was written stays behind the sign-in, since it may be about what
 * the account protects.
 */
@Injectable()
export class AnswerNotice extends OwnerNotice {
  protected readonly event = 'ticket.answered';
  protected readonly view = 'mail/ticket-answered';

  protected modelOf({ data }: PortalEvent) {
    return { number: data['number'], ticketId: data['ticketId'] };
  }

  protected override isFor({ suspended }: Account): boolean {
    return !suspended;
  }
}
