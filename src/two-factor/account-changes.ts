import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';

/** Reports changes of accounts to the module; it is called again until it succeeds. */
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
