import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `payment_methods`: how an account pays. It contains no card number. */
@Entity('payment_methods')
export class PaymentMethodRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The gateway's own name of the stored card. */
  @Column('varchar', { length: 100 })
  reference: string;

  @Column('varchar', { length: 50 })
  brand: string;

  @Column('varchar', { length: 4 })
  last4: string;

  /** `YYYY-MM`. */
  @Column('varchar', { length: 7 })
  expires: string;

  @Column('bigint', { name: 'changed_at', transformer: epochMs })
  changedAt: number;
}
