import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** All data of a user in one row, the secret in clear text. */
@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('varchar', { length: 254, unique: true })
  email: string;

  @Column('varchar', { length: 255 })
  passwordHash: string;

  @Column('varchar', { length: 64 })
  totpSecret: string;

  @Column('bigint', { nullable: true })
  lastLoginAt: number | null;
}
