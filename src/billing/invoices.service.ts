import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { InvoiceRow, type InvoiceStatus } from './invoice.entity.js';

/** An invoice as its owner sees it. Times are UTC ms, amounts in the currency's smallest unit. */
export interface Invoice extends Omit<InvoiceRow, 'accountId' | 'status'> {
  /** `overdue`: unpaid after its due date. */
  readonly status: InvoiceStatus | 'overdue';
}

/** What is unpaid, in one currency. */
export interface Owed {
  readonly currency: string;
  readonly cents: number;
  readonly invoices: number;
}

/** Invoices. Every look-up carries the account: nobody's page can show another's. */
@Injectable()
export class Invoices {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Newest first; all of them, or the first `limit`. */
  async ofAccount(accountId: string, limit?: number): Promise<Invoice[]> {
    const rows = await this.database.manager.find(InvoiceRow, {
      where: { accountId },
      order: { issuedAt: 'DESC', number: 'DESC' },
      ...(limit === undefined ? {} : { take: limit }),
    });
    return rows.map((row) => this.shown(row));
  }

  /** What the account has not paid yet: one sum a currency, since sums do not cross currencies. */
  async owed(accountId: string): Promise<Owed[]> {
    const sums = await this.database.manager
      .createQueryBuilder(InvoiceRow, 'invoice')
      .select('invoice.currency', 'currency')
      .addSelect('SUM(invoice.cents)', 'cents')
      .addSelect('COUNT(*)', 'invoices')
      .where('invoice.accountId = :accountId AND invoice.status = :unpaid', { accountId, unpaid: 'unpaid' })
      .groupBy('invoice.currency')
      .orderBy('invoice.currency')
      .getRawMany<Record<keyof Owed, string | number>>();
    return sums.map((sum) => ({
      currency: String(sum.currency),
      cents: Number(sum.cents),
      invoices: Number(sum.invoices),
    }));
  }

  /** Adds invoices, in the unit at hand. */
  async add(invoices: readonly InvoiceRow[], manager = this.database.manager): Promise<void> {
    await manager.insert(InvoiceRow, [...invoices]);
  }

  private shown({ accountId: _, status, ...facts }: InvoiceRow): Invoice {
    const overdue = status === 'unpaid' && facts.dueAt < this.clock.now();
    return { ...facts, status: overdue ? 'overdue' : status };
  }
}
