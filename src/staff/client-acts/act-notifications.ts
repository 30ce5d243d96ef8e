import { Injectable } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from '../../mail/notifications/account-notification.js';

/** Mails an account's owner that it was suspended. The reason is for staff. */
@Injectable()
export class SuspensionNotification extends AccountNotification {
  protected readonly event = 'account.suspended';
  protected readonly view = 'mail/account-suspended';
  /** A suspended account is locked already. */
  protected override readonly isStoppable = false;

  protected modelOf({ at }: PortalEvent) {
    return { at };
  }
}

/** Mails an account's owner that it was reopened. */
@Injectable()
export class ReopeningNotification extends AccountNotification {
  protected readonly event = 'account.reopened';
  protected readonly view = 'mail/account-reopened';
  protected override readonly isStoppable = false;

  protected modelOf({ at }: PortalEvent) {
    return { at };
  }
}

/** Mails an account's owner that staff ended their sessions. */
@Injectable()
export class SessionsEndedNotification extends AccountNotification {
  protected readonly event = 'session.ended';
  protected readonly view = 'mail/sessions-ended';

  protected modelOf({ at }: PortalEvent) {
    return { at };
  }

  /** Sessions that the owner ended, or that a change of the owner ended, have mails of their own or need none. */
  protected override isFor(_owner: Account, { data }: PortalEvent): boolean {
    return data['reason'] === 'staff';
  }
}
