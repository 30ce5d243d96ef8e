import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { ApiTokens, type RevocationReason } from '../rows/api-tokens.js';

/** The events after which no token of the account may stay valid. */
const reasons: Readonly<Record<string, RevocationReason>> = {
  'account.suspended': 'suspended',
  'account.locked-down': 'locked-down',
};

/**
 * Revokes the tokens of an account that was suspended or locked down. A suspended account's tokens are refused from the first moment; after this they
 * stay refused when the account is reopened. The event is delivered again until the tokens are revoked.
 */
@Injectable()
export class TokenRevocation implements EventSubscriber, OnModuleInit {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  async handle({ name, accountId, actor }: PortalEvent): Promise<void> {
    const reason = reasons[name];
    if (reason === undefined || accountId === null) return;
    await this.tokens.revokeAll(accountId, { actor, reason });
  }
}
