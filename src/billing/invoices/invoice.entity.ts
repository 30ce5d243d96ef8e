import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

export type InvoiceStatus = 'paid' | 'unpaid' | 'refunded';

/** A row of `invoices`. */
@Entity('invoices')
@Index('invoices_account', ['accountId', 'issuedAt'])
export class InvoiceRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The number that people quote, e.g. `INV-2026-00042`. */
  @Index('invoices_number', { unique: true })
  @Column('varchar', { length: 32 })
  number: string;

  @Column('varchar', { length: 200 })
  description: string;

  /** The amount in the currency's smallest unit, so that sums stay exact. */
  @Column('int')
  cents: number;

  /** ISO 4217. */
  @Column('varchar', { length: 3 })
  currency: string;

  @Column('varchar', { length: 16 })
  status: InvoiceStatus;

  @Column('bigint', { name: 'issued_at', transformer: epochMs })
  issuedAt: number;

  @Column('bigint', { name: 'due_at', transformer: epochMs })
  dueAt: number;

  @Column('bigint', { name: 'paid_at', nullable: true, transformer: epochMs })
  paidAt: number | null;
}
