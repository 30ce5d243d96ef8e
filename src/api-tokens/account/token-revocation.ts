import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockDown, LockDownStep } from '../../auth/lock-down/lock-down.js';
import { LockDowns } from '../../auth/lock-down/lock-downs.js';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { ApiTokens } from '../rows/api-tokens.js';

/**
 * Revokes the tokens of an account that was suspended or locked down. A suspended account's tokens are refused from the first moment; after this they
 * stay refused when the account is reopened. The event is delivered again until the tokens are revoked. At a lock-down they end in its transaction.
 */
@Injectable()
export class TokenRevocation implements EventSubscriber, LockDownStep, OnModuleInit {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly outboxRelay: OutboxRelay,
    private readonly lockDowns: LockDowns,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
    this.lockDowns.subscribe(this);
  }

  async handle({ name, accountId, actor }: PortalEvent): Promise<void> {
    if (name !== 'account.suspended' || accountId === null) return;
    await this.tokens.revokeAll(accountId, { actor, reason: 'suspended' });
  }

  async lockDown({ accountId }: LockDown, manager: EntityManager): Promise<void> {
    const actor = { type: 'system', id: 'lock-down' } as const;
    await this.tokens.revokeAll(accountId, { actor, reason: 'locked-down' }, manager);
  }
}
