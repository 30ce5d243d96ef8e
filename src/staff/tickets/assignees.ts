import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { AccountRow } from '../../accounts/account.entity.js';
import type { Role } from '../../accounts/account.js';

/** The most staff members that a form lists. */
const mostListed = 200;

/** A staff member who can take care of a ticket. */
export type Assignee = Pick<AccountRow, 'id' | 'name' | 'email'>;

/** The staff who can take care of tickets. */
@Injectable()
export class Assignees {
  constructor(private readonly database: DataSource) {}

  /** All staff who may sign in, by name. */
  list(): Promise<Assignee[]> {
    return this.database.manager.find(AccountRow, {
      select: { id: true, name: true, email: true },
      where: { role: In<Role>(['support', 'admin']), suspendedAt: IsNull() },
      order: { name: 'ASC', id: 'ASC' },
      take: mostListed,
    });
  }
}
