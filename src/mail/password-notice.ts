import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.service.js';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';
import { Mailer } from './mailer.js';

/** Tells an account's owner that the password was changed: one mail for each such event. */
@Injectable()
export class PasswordNotice implements EventKeeper, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep(event: PortalEvent): Promise<void> {
    if (event.name !== 'password.changed' || event.accountId === null) return;
    const to = await this.accounts.byId(event.accountId);
    if (!to) return;
    const { at, ip, userAgent } = event;
    await this.mailer.send({ id: event.id, to, view: 'mail/password-changed', model: { at, ip, userAgent } });
  }
}
