import { Injectable } from '@nestjs/common';
import { type Account, roles } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { isRowId } from '../../database/row-id.js';
import type { ActOrder } from './act-order.js';
import { ActRefused } from './act-refused.js';
import type { ActFacts } from './staff-act.js';

/** Decides who may do what to whom (ASVS 5.0 8.2.1, 8.3.1). */
@Injectable()
export class ActChecks {
  constructor(private readonly accounts: Accounts) {}

  /**
   * The client of an act that this agent may do or ask for.
   * @throws ActRefused NOT_FOUND `no-client`; FORBIDDEN `role` and `own-account`.
   */
  async client(agent: Account, act: ActFacts, clientId: string | null): Promise<Account> {
    const client = clientId !== null && isRowId(clientId) ? await this.accounts.byId(clientId) : null;
    if (!client) throw new ActRefused('NOT_FOUND', 'no-client', 'There is no such client.');
    this.requireRole(agent, act, client.id);
    if (agent.id === client.id) throw ownAccount();
    return client;
  }

  /** @throws ActRefused FORBIDDEN `role` when the agent's role has no permission for the act. */
  requireRole(agent: Account, { role }: ActFacts, clientId: string): void {
    if (rank(agent) >= roles.indexOf(role)) return;
    throw new ActRefused('FORBIDDEN', 'role', 'Only an administrator may do this.', { clientId });
  }

  /** The message key of why this order needs a second staff member; null where one is enough. */
  async whySecond(order: ActOrder, act: ActFacts): Promise<string | null> {
    if (isPeerOrAbove(order)) return 'staff-acts.why.rank';
    return (await act.secondAgent?.(order)) ?? null;
  }
}

/** Whether the client is staff of the agent's own role, or of a higher one. */
export function isPeerOrAbove({ agent, client }: Pick<ActOrder, 'agent' | 'client'>): boolean {
  return client.role !== 'customer' && rank(client) >= rank(agent);
}

function rank({ role }: Account): number {
  return roles.indexOf(role);
}

function ownAccount(): ActRefused {
  return new ActRefused('FORBIDDEN', 'own-account', 'Another staff member must do this to your own account.');
}
