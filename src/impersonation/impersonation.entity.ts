import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** Why an impersonation ended. */
export type ImpersonationEnd = 'agent' | 'expired' | 'session-ended' | 'account-changed';

/** A row of `impersonations`: an agent acts as a client, in one session of the agent. */
@Entity('impersonations')
@Index('impersonations_open', ['endedAt', 'expiresAt'])
export class ImpersonationRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The key of the agent's session. It stays the same when the session id changes. */
  @Index('impersonations_session')
  @Column('varchar', { name: 'session_key', length: 64 })
  sessionKey: string;

  @Column('varchar', { name: 'agent_id', length: 64 })
  agentId: string;

  @Column('varchar', { name: 'client_id', length: 64 })
  clientId: string;

  /** The client's stamp and sessions version at the start. With another one of them the impersonation is over. */
  @Column('varchar', { name: 'client_stamp', length: 64 })
  clientStamp: string;

  @Column('int', { name: 'client_version' })
  clientVersion: number;

  /** All times are UTC ms. */
  @Column('bigint', { name: 'started_at', transformer: epochMs })
  startedAt: number;

  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  /** When the end was recorded. It is over earlier where another condition fails first. */
  @Column('bigint', { name: 'ended_at', nullable: true, transformer: epochMs })
  endedAt: number | null;
}
