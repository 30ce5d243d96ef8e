import { Injectable } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { isRowId } from '../../database/row-id.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { ActRefused } from '../acts/act-refused.js';
import { type Note, Notes } from './notes.service.js';

/** Who may read and write notes about a client. */
@Injectable()
export class ClientNotes {
  constructor(
    private readonly accounts: Accounts,
    private readonly notes: Notes,
  ) {}

  /** Nobody reads notes about themselves. */
  async of(viewer: Account, clientId: string): Promise<readonly Note[]> {
    return viewer.id === clientId ? [] : this.notes.of('client', clientId);
  }

  /**
   * The client that this agent may write notes about: any customer; staff for administrators, but never themselves.
   * @throws PortalProblem NOT_FOUND; ActRefused FORBIDDEN `own-account` and `role`.
   */
  async writable(agent: Account, id: string): Promise<Account> {
    const client = isRowId(id) ? await this.accounts.byId(id) : null;
    if (!client) throw new PortalProblem('NOT_FOUND', 'There is no such client.');
    if (client.id === agent.id)
      throw new ActRefused(
        'FORBIDDEN',
        'own-account',
        'Another staff member must do this to your own account.',
      );
    if (client.role !== 'customer' && agent.role !== 'admin')
      throw new ActRefused('FORBIDDEN', 'role', 'Only an administrator may do this.', { clientId: id });
    return client;
  }
}
