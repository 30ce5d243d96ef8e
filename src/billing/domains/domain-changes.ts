import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { currentAccount } from '../../accounts/current-account.js';
import { actorOf } from '../../auth/common/actor.js';
import { isRowId } from '../../database/row-id.js';
import type { PortalEventData } from '../../events/catalogue.js';
import { PortalEvents } from '../../events/portal-events.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { ServiceRow } from '../services/service.entity.js';
import { nameserverText, nameserversOf } from '../services/service.js';

/** The events of these changes. */
type DomainEvent = 'registrar-lock.enabled' | 'registrar-lock.disabled' | 'nameservers.changed';

/** Changes domains of the signed-in person. The event is stored with the change, or the change does not happen. */
@Injectable()
export class DomainChanges {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
  ) {}

  /** Turns the registrar lock on or off. False when the person has no such domain. A lock that is there already stays, without an event. */
  setLock(request: Request, id: string, isLocked: boolean): Promise<boolean> {
    return this.change(request, id, async (row, manager) => {
      const of = { id, accountId: row.accountId, registrarLock: In([isLocked ? 0 : 1]) };
      const { affected } = await manager.update(ServiceRow, of, { registrarLock: isLocked ? 1 : 0 });
      if (affected !== 1) return;
      const name = isLocked ? 'registrar-lock.enabled' : 'registrar-lock.disabled';
      await this.record(name, dataOf(row), { request, row, manager });
    });
  }

  /**
   * Sets the name servers. False when the person has no such domain. Equal ones stay, without an event.
   * @throws PortalProblem CONFLICT when another request has just changed them.
   */
  setNameservers(request: Request, id: string, names: readonly string[]): Promise<boolean> {
    return this.change(request, id, async (row, manager) => {
      const next = nameserverText(names);
      if (row.nameservers === next) return;
      const of = { id, accountId: row.accountId, nameservers: row.nameservers ?? IsNull() };
      const { affected } = await manager.update(ServiceRow, of, { nameservers: next });
      if (affected !== 1) throw new PortalProblem('CONFLICT', 'The name servers were changed meanwhile.');
      const change = { from: nameserversOf(row).join(', '), to: names.join(', ') };
      await this.record('nameservers.changed', { ...change, ...dataOf(row) }, { request, row, manager });
    });
  }

  private async change(
    request: Request,
    id: string,
    work: (row: ServiceRow, manager: EntityManager) => Promise<void>,
  ): Promise<boolean> {
    if (!isRowId(id)) return false;
    const of = { id, accountId: currentAccount(request).id, kind: 'domain' } as const;
    return transaction(this.database, async (manager) => {
      const row = await manager.findOne(ServiceRow, { where: of });
      if (row) await work(row, manager);
      return row !== null;
    });
  }

  private async record<Name extends DomainEvent>(
    name: Name,
    data: PortalEventData[Name],
    { request, row, manager }: ChangedDomain,
  ): Promise<void> {
    const facts = { accountId: row.accountId, actor: actorOf(currentAccount(request)), data };
    await this.events.record(name, facts, request, manager);
  }
}

/** A domain that a request changes in a transaction. */
interface ChangedDomain {
  readonly request: Request;
  readonly row: ServiceRow;
  readonly manager: EntityManager;
}

function dataOf({ id: serviceId, label: domain }: ServiceRow) {
  return { serviceId, domain };
}
