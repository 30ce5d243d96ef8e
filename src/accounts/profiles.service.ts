import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** What an account says of itself. Nobody signs in by it, so the stamp stays, and with it every session. */
@Injectable()
export class Profiles {
  constructor(private readonly database: DataSource) {}

  /**
   * `name` is an acceptable one; blanks around it go. `locale` is the language of pages and mails: empty or null leaves
   * it to the browser, undefined as it was.
   */
  async change(id: string, name: string, locale?: string | null): Promise<void> {
    const language = locale === undefined ? {} : { locale: locale || null };
    await this.database.manager.update(AccountRow, { id }, { name: name.trim(), ...language });
  }
}
