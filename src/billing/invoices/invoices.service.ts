import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock.js';
import { isRowId } from '../../database/row-id.js';
import { InvoiceLineRow } from './invoice-line.entity.js';
import { InvoiceRow } from './invoice.entity.js';
import { type Invoice, lineRows, type NewInvoice, type WholeInvoice, wholeOf } from './invoice.js';

/** The unpaid amount in one currency. */
export interface Owed {
  readonly currency: string;
  readonly cents: number;
  readonly invoices: number;
}

/** Invoices. Every look-up contains the account, so a page never shows another account's invoices. */
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

  /** Null when this account has no such invoice, also if another account has it. */
  async find(accountId: string, id: string): Promise<WholeInvoice | null> {
    if (!isRowId(id)) return null;
    const { manager } = this.database;
    const row = await manager.findOne(InvoiceRow, { where: { id, accountId } });
    if (!row) return null;
    const lines = await manager.find(InvoiceLineRow, {
      where: { invoiceId: id },
      order: { position: 'ASC' },
    });
    return wholeOf(this.shown(row), lines);
  }

  /** The unpaid amounts of the account: one sum for each currency, since currencies cannot be added. */
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

  /**
   * Adds invoices, in the given transaction.
   * @throws Error when the lines of an invoice do not add up to its amount.
   */
  async add(invoices: readonly NewInvoice[], manager = this.database.manager): Promise<void> {
    // Lines first: without a surrounding transaction, an invoice never exists without its lines.
    await manager.insert(InvoiceLineRow, invoices.flatMap(lineRows));
    await manager.insert(
      InvoiceRow,
      invoices.map(({ lines: _, ...row }) => row),
    );
  }

  private shown({ accountId: _, status, ...facts }: InvoiceRow): Invoice {
    const overdue = status === 'unpaid' && facts.dueAt < this.clock.now();
    return { ...facts, status: overdue ? 'overdue' : status };
  }
}
