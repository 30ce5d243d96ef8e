import { Injectable } from '@nestjs/common';
import type { PortalEvent } from '../../events/portal-event.js';
import { AccountNotification } from '../../mail/notifications/account-notification.js';

/** Mails about a change of a domain contain what an owner needs to notice a thief. */
abstract class DomainNotification extends AccountNotification {
  protected modelOf({ at, ip, userAgent, data }: PortalEvent) {
    return { ...data, at, ip, userAgent };
  }
}

/** Mails the owner that a domain can be moved to another registrar now. */
@Injectable()
export class UnlockNotification extends DomainNotification {
  protected readonly event = 'registrar-lock.disabled';
  protected readonly view = 'mail/registrar-unlocked';
}

/** Mails the owner that a domain is locked again. */
@Injectable()
export class LockNotification extends DomainNotification {
  protected readonly event = 'registrar-lock.enabled';
  protected readonly view = 'mail/registrar-locked';
}

/** Mails the owner the old and the new name servers. */
@Injectable()
export class NameserversNotification extends DomainNotification {
  protected readonly event = 'nameservers.changed';
  protected readonly view = 'mail/nameservers-changed';
}
