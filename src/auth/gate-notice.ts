import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.service.js';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';
import { Mailer } from '../mail/mailer.js';

/** Tells an account's owner that its password alone signs in for now: one mail for each such event. */
@Injectable()
export class GateNotice implements EventKeeper, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep({ id, name, accountId, at }: PortalEvent): Promise<void> {
    if (name !== 'gate.lowered' || accountId === null) return;
    const to = await this.accounts.byId(accountId);
    if (to) await this.mailer.send({ id, to, view: 'mail/gate-lowered', model: { at } });
  }
}
