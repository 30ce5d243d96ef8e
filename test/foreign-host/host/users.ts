import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, LessThanOrEqual, Repository } from 'typeorm';
import { hashed, isPassword } from './password-hash.js';
import { User } from './user.entity.js';

/** This host's users. It knows nothing of two-factor but the mark on its rows. */
@Injectable()
export class Users {
  constructor(@InjectRepository(User) private readonly rows: Repository<User>) {}

  add(email: string, name: string, password: string): Promise<User> {
    return this.rows.save(this.rows.create({ email, name, passwordHash: hashed(password) }));
  }

  byId(id: number): Promise<User | null> {
    return this.rows.findOneBy({ id });
  }

  async withPassword(email: string, password: string): Promise<User | null> {
    const user = await this.rows.findOneBy({ email });
    return user && isPassword(password, user.passwordHash) ? user : null;
  }

  async hasPassword(id: number, password: string): Promise<boolean> {
    const user = await this.byId(id);
    return user !== null && isPassword(password, user.passwordHash);
  }

  async change(id: number, facts: { password?: string; email?: string }): Promise<void> {
    const { password, email } = facts;
    if (password !== undefined) await this.rows.update({ id }, { passwordHash: hashed(password) });
    if (email !== undefined) await this.rows.update({ id }, { email });
  }

  async close(id: number): Promise<void> {
    await this.rows.update({ id }, { closed: true });
  }

  // README: begin
  /** Marks a user as guarded; the greater version stays. */
  async guard(id: number, guardVersion: number): Promise<void> {
    await this.rows.update({ id, guardVersion: LessThan(guardVersion) }, { guardVersion });
    await this.rows.update({ id }, { guarded: true });
  }

  /** Takes the mark away, unless it was set again since. */
  async unguard(id: number, guardVersion: number): Promise<void> {
    const known = { id, guardVersion: LessThanOrEqual(guardVersion) };
    await this.rows.update(known, { guarded: false, guardVersion });
  }
  // README: end
}
