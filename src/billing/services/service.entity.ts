import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

export type ServiceKind = 'hosting' | 'domain';
export type ServiceStatus = 'active' | 'suspended' | 'cancelled';
export type BillingCycle = 'monthly' | 'yearly';

/**
 * A row of `services`: first the columns of every service, then those of a hosting plan, then those of a domain. Sizes are
 * megabytes.
 */
@Entity('services')
@Index('services_account', ['accountId', 'dueAt'])
export class ServiceRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  @Column('varchar', { length: 16 })
  kind: ServiceKind;

  /** The domain's name; for a hosting plan the name of its site. */
  @Index('services_label')
  @Column('varchar', { length: 200 })
  label: string;

  @Column('varchar', { length: 16 })
  status: ServiceStatus;

  /** The price of each cycle, in the currency's smallest unit. */
  @Column('int')
  cents: number;

  /** ISO 4217. */
  @Column('varchar', { length: 3 })
  currency: string;

  @Column('varchar', { length: 16 })
  cycle: BillingCycle;

  @Column('bigint', { name: 'started_at', transformer: epochMs })
  startedAt: number;

  /** The next billing date. */
  @Column('bigint', { name: 'due_at', transformer: epochMs })
  dueAt: number;

  @Column('varchar', { length: 100, nullable: true })
  package: string | null;

  @Column('varchar', { length: 100, nullable: true })
  server: string | null;

  @Column('int', { name: 'disk_used', nullable: true })
  diskUsed: number | null;

  /** Null: without limit. */
  @Column('int', { name: 'disk_limit', nullable: true })
  diskLimit: number | null;

  /** Traffic of this month. */
  @Column('int', { name: 'traffic_used', nullable: true })
  trafficUsed: number | null;

  /** Null: without limit. */
  @Column('int', { name: 'traffic_limit', nullable: true })
  trafficLimit: number | null;

  @Column('bigint', { name: 'expires_at', nullable: true, transformer: epochMs })
  expiresAt: number | null;

  /** 1: the registrar refuses transfers. */
  @Column('smallint', { name: 'registrar_lock', nullable: true })
  registrarLock: number | null;

  /** The name servers of a domain, one a line. Null: none are known. */
  @Column('text', { nullable: true })
  nameservers: string | null;

  /** The sealed EPP code, which allows moving the domain away. Null: the registrar has given none. */
  @Column('varchar', { name: 'epp_sealed', length: 500, nullable: true })
  eppSealed: string | null;
}
