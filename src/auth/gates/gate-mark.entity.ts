import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `account_gates`: whether an account must pass a module's gate, installed or not. */
@Entity('account_gates')
export class GateMarkRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The module's id. */
  @PrimaryColumn('varchar', { length: 64 })
  gate: string;

  /** 1: raised. 0: lowered, kept for its version. */
  @Column('smallint')
  raised: number;

  /** The module's own count of changes: a later change is never undone by an earlier one that comes late. */
  @Column('int')
  version: number;

  /** The newest version for whose change the account's other sessions were ended. */
  @Column('int', { name: 'sessions_ended', default: 0 })
  sessionsEnded: number;
}
