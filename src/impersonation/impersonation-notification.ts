import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../events/portal-event.js';
import { AccountNotification } from '../mail/notifications/account-notification.js';

/** Mails an account's owner that staff use the account. The reason is for staff. */
@Injectable()
export class ImpersonationNotification extends AccountNotification {
  protected readonly event = 'impersonation.started';
  protected readonly view = 'mail/impersonation-started';

  protected modelOf({ at, data }: PortalEvent) {
    return { at, agent: data['agent'] };
  }
}
