import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { limits } from '../../limits.js';
import { SeenBrowserRow } from './seen-browser.entity.js';

const day = 86_400_000;
const { points: most } = limits['seen-browsers'];

const seenBrowsers: Table = {
  name: 'seen_browsers',
  columns: ['id', 'account_id', 'seen_at'],
  maxLengths: { id: 64, account_id: 64 },
};

/** The browsers and networks from which accounts signed in. */
@Injectable()
export class SeenBrowsers {
  constructor(private readonly database: DataSource) {}

  /** The known ones of these ids. One statement, and another one where one was not seen for a day. */
  async known(ids: readonly string[], now: number): Promise<ReadonlySet<string>> {
    const rows = await this.database.manager.findBy(SeenBrowserRow, { id: In([...ids]) });
    const stale = rows.filter(({ seenAt }) => seenAt < now - day).map(({ id }) => id);
    const where = { id: In(stale), seenAt: LessThan(now - day) };
    if (stale.length > 0) await this.database.manager.update(SeenBrowserRow, where, { seenAt: now });
    return new Set(rows.map(({ id }) => id));
  }

  /** Whether the account has signed in before, as far as these rows know. */
  hasAny(accountId: string): Promise<boolean> {
    return this.database.manager.existsBy(SeenBrowserRow, { accountId });
  }

  /** Adds one in the given transaction; true for exactly one caller. Above the limit, the one that was not seen for the longest time is deleted. */
  async add(
    row: Pick<SeenBrowserRow, 'id' | 'accountId' | 'seenAt'>,
    manager: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const { id, accountId, seenAt } = row;
    const line = { id, account_id: accountId, seen_at: seenAt };
    if ((await insertIgnore(new Statements(this.database, manager), seenBrowsers, [line])) !== 1)
      return false;
    const order = { seenAt: 'DESC', id: 'ASC' } as const;
    const surplus = await manager.find(SeenBrowserRow, {
      where: { accountId },
      order,
      skip: most,
      take: most,
    });
    if (surplus.length > 0) await manager.delete(SeenBrowserRow, { id: In(surplus.map((each) => each.id)) });
    return true;
  }
}
