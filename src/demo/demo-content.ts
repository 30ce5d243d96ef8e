import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account, AccountFacts } from '../accounts/account.js';
import { Accounts, type NewPassword } from '../accounts/accounts.service.js';
import { demoAccounts } from './demo-accounts.js';
import { DEMO_PARTS, type DemoPart } from './demo-part.js';

interface Made {
  readonly facts: AccountFacts;
  readonly password: NewPassword;
}

/** Writes the demo accounts and their data in one transaction. */
@Injectable()
export class DemoContent {
  constructor(
    private readonly accounts: Accounts,
    @Inject(DEMO_PARTS) private readonly parts: readonly DemoPart[],
    private readonly database: DataSource,
  ) {}

  async write(password: string): Promise<void> {
    const made: Made[] = [];
    for (const facts of demoAccounts)
      made.push({ facts, password: await this.accounts.newPassword(password) });
    await transaction(this.database, (manager) => this.fill(made, manager));
  }

  private async fill(made: readonly Made[], manager: EntityManager): Promise<void> {
    const accounts: Account[] = [];
    for (const { facts, password } of made) accounts.push(await this.accounts.add(facts, password, manager));
    for (const part of this.parts) await part.write(accounts, manager);
  }
}
