import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Statements, transaction } from 'typeorm-unit-of-work';
import { Accounts } from '../../accounts/accounts.service.js';
import type { ActDone, ActOrder } from './act-order.js';
import { ActRefused } from './act-refused.js';
import type { PortalAct } from './staff-act.js';

/** Locks the client's row, so that acts on one client follow each other on all nodes. SQLite has one writer at a time. */
const lock = 'UPDATE accounts SET sessions_version = sessions_version WHERE id = :id';

/** Carries out acts of the portal, each in one transaction with its event. */
@Injectable()
export class ActRunner {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
  ) {}

  /**
   * `first`: the first statements of the transaction, which may refuse it.
   * @throws ActRefused CONFLICT `nothing-to-do` and `client-changed`; the transaction is rolled back then.
   */
  run(
    act: PortalAct,
    order: ActOrder,
    first: (manager: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<ActDone> {
    return transaction(this.database, async (manager) => {
      await first(manager);
      const done = await act.carryOut(await this.locked(order, manager), manager);
      if (done === null) throw nothingToDo(order);
      return done;
    });
  }

  /** The order with the client as it is now. */
  private async locked(order: ActOrder, manager: EntityManager): Promise<ActOrder> {
    const { id, role } = order.client;
    await new Statements(this.database, manager).execute(lock, { id });
    const client = await this.accounts.byId(id, manager);
    if (client?.role === role) return { ...order, client };
    throw new ActRefused('CONFLICT', 'client-changed', 'This account was changed a moment ago.', {
      clientId: id,
    });
  }
}

/** The refusal of an act that would change nothing. */
export function nothingToDo({ act, client }: ActOrder): ActRefused {
  const facts = { clientId: client.id, key: `staff-acts.nothing.${act}` };
  return new ActRefused('CONFLICT', 'nothing-to-do', 'Nothing was changed: there is nothing to do.', facts);
}
