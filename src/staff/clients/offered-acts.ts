import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { currentAccount } from '../../accounts/current-account.js';
import { isDatabaseUnavailable } from '../../database/connection/database-errors.js';
import { errorTrace } from '../../error-facts.js';
import { isPeerOrAbove } from '../acts/act-checks.js';
import { type ShownAct, shownAct } from '../acts/act-desk.js';
import { StaffActRegistry } from '../acts/act-registry.js';
import type { StaffAct } from '../acts/staff-act.js';
import { StaffActions } from '../common/staff-actions.js';

/** What the viewer can do on a client's page. */
export interface OfferedActs {
  readonly acts: readonly ShownAct[];
  /** Each act needs a second staff member, because of the client's role. */
  readonly secondAgent: boolean;
  /** The address where the viewer sets up a factor first. Null: forms from the page are accepted. */
  readonly setUpFirst: string | null;
}

/** Finds the acts that fit a client, for the client's page. */
@Injectable()
export class OfferedActsReader {
  private readonly logger = new Logger('Staff');

  constructor(
    private readonly accounts: Accounts,
    private readonly registry: StaffActRegistry,
    private readonly own: StaffActions,
  ) {}

  /** The names of all acts. */
  names(): readonly string[] {
    return this.registry.all().map(({ name }) => name);
  }

  /** Only what the viewer's role permits, and where there is something to do; nothing for the viewer's own account. */
  async of(request: Request, clientId: string): Promise<OfferedActs> {
    const agent = currentAccount(request);
    const client = await this.accounts.byId(clientId);
    const setUpFirst = await this.own.lacksFactor(request);
    if (!client || agent.id === client.id) return { acts: [], secondAgent: false, setUpFirst };
    const permitted = this.registry
      .all()
      .filter(({ path, role }) => path !== null && (role === 'support' || agent.role === 'admin'));
    const acts: ShownAct[] = [];
    for (const act of permitted) acts.push(...(await this.offered(act, client)));
    return { acts, secondAgent: isPeerOrAbove({ agent, client }), setUpFirst };
  }

  /** One act that cannot be shown must not hide the others, which are needed when something is broken. */
  private async offered(act: StaffAct, client: Account): Promise<readonly ShownAct[]> {
    try {
      const shown = await shownAct(act, client);
      return shown.buttons.length > 0 ? [shown] : [];
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      this.logger.error(`The act ${act.name}: ${errorTrace(error)}`);
      return [];
    }
  }
}
