import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** This host's own users, as it had them before; the last two columns came with two-factor. */
@Entity('members')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 200, unique: true })
  email: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'varchar', length: 200, name: 'password_hash' })
  passwordHash: string;

  @Column({ type: 'boolean', default: false })
  closed: boolean;

  // README: begin
  /** The marker: this account has two-factor on, whether or not two-factor is installed. */
  @Column({ type: 'boolean', default: false })
  guarded: boolean;

  @Column({ type: 'integer', name: 'guard_version', default: 0 })
  guardVersion: number;
  // README: end
}
