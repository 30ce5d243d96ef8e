import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** Name and language of an account. They are no credentials, so the stamp and all sessions stay. */
@Injectable()
export class Profiles {
  constructor(private readonly database: DataSource) {}

  /**
   * `name` must be acceptable; surrounding blanks are removed. `locale` is the language of pages and mails. Empty or null: the
   * browser decides; undefined: no change.
   */
  async change(id: string, name: string, locale?: string | null): Promise<void> {
    const language = locale === undefined ? {} : { locale: locale || null };
    await this.database.manager.update(AccountRow, { id }, { ...language, name: name.trim() });
  }
}
