import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isRowId } from '../../database/row-id.js';
import { EppCodes } from '../epp-codes.js';
import { ServiceRow } from './service.entity.js';
import { domainRow, type Hosting, hostingRow, type NewDomain, type Service, serviceOf } from './service.js';

/** Hosting plans and domains. Every look-up contains the account, so a page never shows another account's services. */
@Injectable()
export class Services {
  constructor(
    private readonly database: DataSource,
    private readonly eppCodes: EppCodes,
  ) {}

  /** The one that is due first comes first. */
  async ofAccount(accountId: string): Promise<Service[]> {
    const order = { dueAt: 'ASC', label: 'ASC', id: 'ASC' } as const;
    const rows = await this.database.manager.find(ServiceRow, { where: { accountId }, order });
    return rows.map(serviceOf);
  }

  /** Null when this account has no such service, also if another account has it. */
  async find(accountId: string, id: string): Promise<Service | null> {
    if (!isRowId(id)) return null;
    const row = await this.database.manager.findOne(ServiceRow, { where: { id, accountId } });
    return row && serviceOf(row);
  }

  /** Adds services to an account, in the given transaction. */
  async add(
    accountId: string,
    services: readonly (Hosting | NewDomain)[],
    manager = this.database.manager,
  ): Promise<void> {
    await manager.insert(
      ServiceRow,
      services.map((service) => this.rowOf(accountId, service)),
    );
  }

  private rowOf(accountId: string, service: Hosting | NewDomain): ServiceRow {
    if (service.kind === 'hosting') return hostingRow(accountId, service);
    const { id, eppCode } = service;
    return domainRow(
      accountId,
      service,
      eppCode === null ? null : this.eppCodes.sealed(eppCode, { id, accountId }),
    );
  }
}
