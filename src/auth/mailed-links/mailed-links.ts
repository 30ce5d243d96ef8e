import { randomBytes } from 'node:crypto';
import {
  type DataSource,
  type EntityManager,
  type EntityTarget,
  type FindOptionsWhere,
  IsNull,
  MoreThan,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Clock } from '../../clock.js';
import { type Fate, fateOf, fingerprint, linkLife } from './link-token.js';
import type { MailedLinkRow } from './mailed-link.entity.js';

/** Mailed links of one kind: 30 minutes, once, the newest only. Their tokens are stored nowhere. */
export abstract class MailedLinks<Row extends MailedLinkRow> {
  protected constructor(
    private readonly rows: EntityTarget<Row>,
    protected readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The link of this token; null when it is none, or none any more. */
  find(token: string): Promise<Row | null> {
    return this.living({ tokenHash: fingerprint(token) });
  }

  /** What became of a link that is no good. */
  async fate(token: string): Promise<Fate> {
    return fateOf(await this.rowOf(token, this.database.manager), this.clock.now());
  }

  /** Uses the link up, in the unit at hand, whose first statement this is: of two at once one gets null. */
  async use(token: string, manager: EntityManager): Promise<Row | null> {
    const change = { usedAt: this.clock.now() } as unknown as QueryDeepPartialEntity<Row>;
    const used = await manager.update(this.rows, this.good({ tokenHash: fingerprint(token) }), change);
    return used.affected === 1 ? this.rowOf(token, manager) : null;
  }

  /** The good link that meets this; null when there is none, or none any more. */
  protected living(which: Partial<MailedLinkRow>): Promise<Row | null> {
    return this.database.manager.findOneBy(this.rows, this.good(which));
  }

  /** The token of a new link, in the unit at hand: 256 random bits. The account's older link is void. */
  async issue(
    link: Omit<Row, 'tokenHash' | 'expiresAt' | 'usedAt'>,
    manager: EntityManager,
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const times = { expiresAt: this.clock.now() + linkLife, usedAt: null };
    const row = { ...link, ...times, tokenHash: fingerprint(token) };
    const { columns } = this.database.getMetadata(this.rows);
    const replaced = columns.filter(({ isPrimary }) => !isPrimary).map(({ databaseName }) => databaseName);
    const insert = manager.createQueryBuilder().insert().into(this.rows);
    await insert
      .values(row as unknown as QueryDeepPartialEntity<Row>)
      .orUpdate(replaced, ['account_id'])
      .updateEntity(false)
      .execute();
    return token;
  }

  private rowOf(token: string, manager: EntityManager): Promise<Row | null> {
    return manager.findOneBy(this.rows, { tokenHash: fingerprint(token) } as FindOptionsWhere<Row>);
  }

  private good(which: Partial<MailedLinkRow>): FindOptionsWhere<Row> {
    const times = { usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    return { ...which, ...times } as FindOptionsWhere<Row>;
  }
}
