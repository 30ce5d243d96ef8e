import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { insertIgnore, Statements, transaction, type Table } from 'typeorm-unit-of-work';
import { Accounts } from '../../accounts/accounts.service.js';
import { Sessions } from '../sessions/sessions.js';
import type { LockDown, LockDownStep } from './lock-down.js';
import { LockDownRow } from './lock-down.entity.js';
import { LockDownMails } from './lock-down-mails.js';

const lockDowns: Table = {
  name: 'lock_downs',
  columns: ['id', 'account_id', 'mailed', 'created_at'],
  maxLengths: { id: 64, account_id: 64 },
};

/** The portal’s part of a lock-down, in one transaction and once: sessions and mailed links end, changes are taken back, mails are queued. */
@Injectable()
export class LockDowns {
  private readonly steps = new Set<LockDownStep>();

  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly mails: LockDownMails,
  ) {}

  /** From now on `step` runs in the transaction of every lock-down. */
  subscribe(step: LockDownStep): void {
    this.steps.add(step);
  }

  /** Returns whether a link for a new password was mailed. A repeated call changes nothing and returns the same. */
  async handle(lockDown: LockDown): Promise<boolean> {
    const mayMail = await this.mails.mayMail(lockDown.accountId);
    const staff = await this.mails.staff();
    return transaction(this.database, async (manager) => {
      if (!(await this.claim(lockDown, manager))) return this.wasMailed(lockDown, manager);
      await this.sessions.endOthers(lockDown.accountId, null, manager);
      for (const step of this.steps) await step.lockDown(lockDown, manager);
      const account = await this.accounts.byId(lockDown.accountId, manager);
      if (!account) return false;
      const mailed = mayMail && lockDown.isRecipient(account.email);
      if (mailed) await this.mails.password(lockDown, account, manager);
      await this.mails.tellStaff(lockDown, account, { staff, mailed }, manager);
      await manager.update(LockDownRow, { id: lockDown.id }, { mailed: mailed ? 1 : 0 });
      return mailed;
    });
  }

  /** The first statement: of several calls, on any node, exactly one inserts the row. */
  private async claim({ id, accountId, at }: LockDown, manager: EntityManager): Promise<boolean> {
    const row = { id, account_id: accountId, mailed: 0, created_at: at };
    return (await insertIgnore(new Statements(this.database, manager), lockDowns, [row])) === 1;
  }

  private async wasMailed({ id }: LockDown, manager: EntityManager): Promise<boolean> {
    return (await manager.findOneBy(LockDownRow, { id }))?.mailed === 1;
  }
}
