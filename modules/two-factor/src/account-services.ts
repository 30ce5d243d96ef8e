import { Injectable } from '@nestjs/common';
import { AccountAdmin } from './core/admin/account-admin.js';
import { LockDownEnd } from './core/lock-down/lock-down-end.js';
import { StopLinks } from './core/stop-links/stop-links.js';

/** The services of the facade for accounts outside of a request. */
@Injectable()
export class AccountServices {
  constructor(
    readonly admin: AccountAdmin,
    readonly stopLinks: StopLinks,
    readonly lockDownEnd: LockDownEnd,
  ) {}
}
