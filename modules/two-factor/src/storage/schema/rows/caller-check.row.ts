import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** The newest caller check of an agent for an account. */
@Entity('two_factor_caller_checks')
@Index('two_factor_caller_checks_end', ['expiresAt'])
export class CallerCheckRow {
  @PrimaryColumn({ ...types.id, name: 'account_id' })
  accountId: string;

  @PrimaryColumn({ ...types.id, name: 'agent_id' })
  agentId: string;

  @Column({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.text, name: 'agent_name' })
  agentName: string;

  @Column({ ...types.text, name: 'words' })
  words: string;

  @Column({ ...types.name, name: 'state' })
  state: string;

  @Column({ ...types.name, name: 'proof' })
  proof: string;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;

  @Column({ ...types.epoch, name: 'expires_at' })
  expiresAt: number;
}
