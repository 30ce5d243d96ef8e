import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from '../account.entity.js';

/** A changed profile. Empty or null: the browser decides about language or time zone; undefined: no change. */
export interface ProfileChange {
  /** Surrounding blanks are removed. */
  readonly name: string;
  /** The language of pages and mails (BCP 47). */
  readonly locale?: string | null;
  /** The time zone of the times on pages and in mails (IANA). */
  readonly timeZone?: string | null;
}

/** Name, language and time zone of an account. They are no credentials, so the stamp and all sessions stay. */
@Injectable()
export class Profiles {
  constructor(private readonly database: DataSource) {}

  /** `name`, `locale` and `timeZone` must be acceptable. */
  async change(id: string, { name, locale, timeZone }: ProfileChange): Promise<void> {
    const language = locale === undefined ? {} : { locale: locale || null };
    const zone = timeZone === undefined ? {} : { timeZone: timeZone || null };
    await this.database.manager.update(AccountRow, { id }, { ...language, ...zone, name: name.trim() });
  }
}
