import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** The fields of an administrator that mails need. */
type Reachable = Pick<AccountRow, 'name' | 'email' | 'locale' | 'timeZone'>;

/** The administrators of this portal. */
@Injectable()
export class Administrators {
  constructor(private readonly database: DataSource) {}

  /** The first `most` administrators who may sign in, ordered by id. */
  list(most: number): Promise<readonly Reachable[]> {
    const where = { role: 'admin', suspendedAt: IsNull() } as const;
    return this.database.manager.find(AccountRow, { where, order: { id: 'ASC' }, take: most });
  }
}
