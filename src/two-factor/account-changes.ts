import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import { OutboxRelay } from '../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../events/portal-event.js';

/** Reports changes of accounts to the module; it is called again until it succeeds. */
@Injectable()
export class AccountChanges implements EventSubscriber, OnModuleInit {
  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  async handle({ name, accountId, at, data }: PortalEvent): Promise<void> {
    if (accountId === null) return;
    const byMailedLink = data['byMailedLink'] === true;
    if (name === 'password.changed') await this.twoFactor.passwordChanged(accountId, at, { byMailedLink });
    if (name === 'email.changed') await this.twoFactor.emailChanged(accountId, at);
  }
}
