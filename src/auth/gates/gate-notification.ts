import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from '../../mail/notifications/account-notification.js';

/** Mails an account's owner that the password alone is enough to sign in for now. */
@Injectable()
export class GateNotification extends AccountNotification {
  protected readonly event = 'gate.lowered';
  protected readonly view = 'mail/gate-lowered';

  protected modelOf({ at }: PortalEvent) {
    return { at };
  }
}
