import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `invoice_lines`. */
@Entity('invoice_lines')
export class InvoiceLineRow {
  @PrimaryColumn('varchar', { name: 'invoice_id', length: 64 })
  invoiceId: string;

  /** 1 is the first. */
  @PrimaryColumn('int')
  position: number;

  @Column('varchar', { length: 200 })
  description: string;

  /** Before tax, in the smallest unit of the invoice's currency. */
  @Column('int')
  cents: number;

  @Column('int', { name: 'tax_cents' })
  taxCents: number;

  /** Hundredths of a percent: 2000 is 20 %. */
  @Column('int', { name: 'tax_rate' })
  taxRate: number;
}
