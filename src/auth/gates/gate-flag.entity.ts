import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `account_gates`: whether an account must pass a module's gate, installed or not. */
@Entity('account_gates')
export class GateFlagRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The module's id. */
  @PrimaryColumn('varchar', { length: 64 })
  gate: string;

  /** 1: the account must pass the gate. 0: cleared; the row is kept for its version. */
  @Column('smallint')
  raised: number;

  /** The module's own version of its changes. A late older change never undoes a newer one. */
  @Column('int')
  version: number;

  /** The newest version whose change ended the account's other sessions. */
  @Column('int', { name: 'sessions_ended', default: 0 })
  sessionsEnded: number;
}
