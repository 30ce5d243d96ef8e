import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';

/** Tells the module what happens to accounts elsewhere; asked again until it has. */
@Injectable()
export class AccountChanges implements EventKeeper, OnModuleInit {
  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep({ name, accountId, at }: PortalEvent): Promise<void> {
    if (name === 'password.changed' && accountId !== null)
      await this.twoFactor.passwordChanged(accountId, at);
  }
}
