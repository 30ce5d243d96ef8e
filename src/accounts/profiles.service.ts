import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** What an account says of itself. Nobody signs in by it, so the stamp stays, and with it every session. */
@Injectable()
export class Profiles {
  constructor(private readonly database: DataSource) {}

  /** `name` is an acceptable one; blanks around it go. */
  async rename(id: string, name: string): Promise<void> {
    await this.database.manager.update(AccountRow, { id }, { name: name.trim() });
  }
}
