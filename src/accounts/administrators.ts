import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** An administrator, as far as mails need one. */
type Reachable = Pick<AccountRow, 'name' | 'email' | 'locale'>;

/** The people who look after this portal. */
@Injectable()
export class Administrators {
  constructor(private readonly database: DataSource) {}

  /** The first `most` of those who may sign in, by id. */
  list(most: number): Promise<readonly Reachable[]> {
    const where = { role: 'admin', suspendedAt: IsNull() } as const;
    return this.database.manager.find(AccountRow, { where, order: { id: 'ASC' }, take: most });
  }
}
