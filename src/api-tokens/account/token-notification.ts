import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from '../../mail/notifications/account-notification.js';

/** Mails an account's owner that an API token was made. */
@Injectable()
export class TokenNotification extends AccountNotification {
  protected readonly event = 'token.created';
  protected readonly view = 'mail/token-created';

  protected modelOf({ at, ip, userAgent, data }: PortalEvent) {
    const expiresAt = Date.parse(String(data['expiresAt']));
    return { at, ip, userAgent, token: data['name'], expiresAt };
  }
}
