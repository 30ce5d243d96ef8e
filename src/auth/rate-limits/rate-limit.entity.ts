import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `rate_limits`: how much of one limit one key has used. */
@Entity('rate_limits')
export class RateLimitRow {
  /** The name of the limit, and the SHA-256 of the key: the table contains no address that a stranger typed. */
  @PrimaryColumn('varchar', { length: 100 })
  subject: string;

  @Column('int')
  points: number;

  /** When the points are void, UTC ms: the end of the window, or of the wait. */
  @Index('rate_limits_ends')
  @Column('bigint', { name: 'ends_at', transformer: epochMs })
  endsAt: number;

  /** How many waits began until `runsEnd`; each doubles the next one. */
  @Column('int')
  runs: number;

  @Column('bigint', { name: 'runs_end', transformer: epochMs })
  runsEnd: number;

  /** SHA-256 of the account's e-mail address, to find its waits; null where a row counts no account. */
  @Index('rate_limits_email')
  @Column('varchar', { name: 'email_hash', length: 64, nullable: true })
  emailHash: string | null;

  /** The client network that the row counts, for operators. */
  @Column('varchar', { length: 64, nullable: true })
  network: string | null;
}
