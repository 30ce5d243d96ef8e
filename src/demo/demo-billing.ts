import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { Invoices } from '../billing/invoices.service.js';
import { Clock } from '../clock.js';
import { demoInvoices } from './demo-invoices.js';
import type { DemoPart } from './demo-part.js';

/** What the demo's customers are billed for. */
@Injectable()
export class DemoBilling implements DemoPart {
  constructor(
    private readonly invoices: Invoices,
    private readonly clock: Clock,
  ) {}

  async write(accounts: readonly Account[], manager: EntityManager): Promise<void> {
    for (const [index, { id, role }] of accounts.entries()) {
      if (role === 'customer')
        await this.invoices.add(demoInvoices(id, 1040 + index * 20, this.clock.now()), manager);
    }
  }
}
