import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { Clock } from '../clock.js';
import { AccountRow } from './account.entity.js';
import { freshStamp } from './account.js';

/** Suspends accounts and reopens them. Both replace the security stamp, so everything that was begun before is void. */
@Injectable()
export class Suspensions {
  constructor(private readonly clock: Clock) {}

  /** Returns false, and changes nothing, when the account is suspended already. */
  async suspend(id: string, manager: EntityManager): Promise<boolean> {
    const change = { suspendedAt: this.clock.now(), stamp: freshStamp() };
    return (await manager.update(AccountRow, { id, suspendedAt: IsNull() }, change)).affected === 1;
  }

  /** Returns false, and changes nothing, when the account is not suspended. */
  async reopen(id: string, manager: EntityManager): Promise<boolean> {
    const change = { suspendedAt: null, stamp: freshStamp() };
    return (await manager.update(AccountRow, { id, suspendedAt: Not(IsNull()) }, change)).affected === 1;
  }
}
