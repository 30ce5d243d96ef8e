import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { Invoices } from '../billing/invoices/invoices.service.js';
import { Services } from '../billing/services/services.service.js';
import { Clock } from '../clock.js';
import { demoCustomers } from './demo-customers.js';
import { demoInvoices } from './demo-invoices.js';
import type { DemoPart } from './demo-part.js';
import { demoServices } from './demo-services.js';

/** The services and invoices of the demo customers. */
@Injectable()
export class DemoBilling implements DemoPart {
  constructor(
    private readonly services: Services,
    private readonly invoices: Invoices,
    private readonly clock: Clock,
  ) {}

  async write(accounts: readonly Account[], manager: EntityManager): Promise<void> {
    const now = this.clock.now();
    for (const [index, { id, email }] of accounts.entries()) {
      const customer = demoCustomers.get(email);
      if (!customer) continue;
      await this.services.add(id, demoServices(customer, now), manager);
      await this.invoices.add(demoInvoices(id, customer, 1040 + index * 20, now), manager);
    }
  }
}
