import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, LessThanOrEqual, Repository } from 'typeorm';
import { hashPassword, isPassword } from './password-hash.js';
import { User } from './user.entity.js';

/** The users of this host. The last two methods came with two-factor. */
@Injectable()
export class Users {
  constructor(@InjectRepository(User) private readonly rows: Repository<User>) {}

  async add(email: string, name: string, password: string): Promise<void> {
    await this.rows.insert({ email, name, passwordHash: await hashPassword(password) });
  }

  byId(id: number): Promise<User | null> {
    return this.rows.findOneBy({ id });
  }

  byEmail(email: string): Promise<User | null> {
    return this.rows.findOneBy({ email });
  }

  async withPassword(email: string, password: string): Promise<User | null> {
    const user = await this.byEmail(email);
    return user && (await isPassword(password, user.passwordHash)) ? user : null;
  }

  async hasPassword(id: number, password: string): Promise<boolean> {
    const user = await this.byId(id);
    return user !== null && isPassword(password, user.passwordHash);
  }

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
}
