import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from './account-notification.js';

/** Mails an account's owner that the password was changed. */
@Injectable()
export class PasswordNotification extends AccountNotification {
  protected readonly event = 'password.changed';
  protected readonly view = 'mail/password-changed';

  protected modelOf({ at, ip, userAgent }: PortalEvent) {
    return { at, ip, userAgent };
  }
}
