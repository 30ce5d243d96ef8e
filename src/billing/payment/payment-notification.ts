import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from '../../mail/notifications/account-notification.js';

/** Mails an account's owner the old and the new payment method. */
@Injectable()
export class PaymentNotification extends AccountNotification {
  protected readonly event = 'payment-method.changed';
  protected readonly view = 'mail/payment-method-changed';

  protected modelOf({ at, ip, userAgent, data }: PortalEvent) {
    return { ...data, at, ip, userAgent };
  }
}
