import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountFacts } from '../accounts/account.js';
import { Accounts, type NewPassword } from '../accounts/accounts.service.js';
import { Invoices } from '../billing/invoices.service.js';
import { Clock } from '../clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { demoAccounts } from './demo-accounts.js';
import { demoInvoices } from './demo-invoices.js';

interface Made {
  readonly facts: AccountFacts;
  readonly password: NewPassword;
}

/** Writes the demo accounts and what belongs to them: all of it or nothing. */
@Injectable()
export class DemoContent {
  constructor(
    private readonly accounts: Accounts,
    private readonly invoices: Invoices,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async write(password: string): Promise<void> {
    const made: Made[] = [];
    for (const facts of demoAccounts)
      made.push({ facts, password: await this.accounts.newPassword(password) });
    await this.units.run((manager) => this.fill(made, manager));
  }

  private async fill(made: readonly Made[], manager: EntityManager): Promise<void> {
    for (const [index, { facts, password }] of made.entries()) {
      const { id, role } = await this.accounts.add(facts, password, manager);
      if (role !== 'customer') continue;
      await this.invoices.add(demoInvoices(id, 1040 + index * 20, this.clock.now()), manager);
    }
  }
}
