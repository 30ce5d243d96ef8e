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
import { type LinkStatus, linkStatusOf, tokenHash, linkLife } from './link-token.js';
import type { MailedLinkRow } from './mailed-link.entity.js';

/** Mailed links of one kind. A link is valid for 30 minutes and once; only the newest counts. Tokens are not stored. */
export abstract class MailedLinks<Row extends MailedLinkRow> {
  protected constructor(
    private readonly rows: EntityTarget<Row>,
    protected readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The valid link of this token; null when there is none, or when it is no longer valid. */
  find(token: string): Promise<Row | null> {
    return this.living({ tokenHash: tokenHash(token) });
  }

  /** Returns why a link is not valid. */
  async status(token: string): Promise<LinkStatus> {
    return linkStatusOf(await this.rowOf(token, this.database.manager), this.clock.now());
  }

  /** Consumes the link, as the first statement of the given transaction. Of two simultaneous calls one gets null. */
  async consume(token: string, manager: EntityManager): Promise<Row | null> {
    const change = { usedAt: this.clock.now() } as unknown as QueryDeepPartialEntity<Row>;
    const used = await manager.update(this.rows, this.good({ tokenHash: tokenHash(token) }), change);
    return used.affected === 1 ? this.rowOf(token, manager) : null;
  }

  /** The valid link that matches; null when there is none, or when it is no longer valid. */
  protected living(which: Partial<MailedLinkRow>): Promise<Row | null> {
    return this.database.manager.findOneBy(this.rows, this.good(which));
  }

  /** Returns the token of a new link, 256 random bits, stored in the given transaction. The account's older link becomes void. */
  async issue(
    link: Omit<Row, 'tokenHash' | 'expiresAt' | 'usedAt'>,
    manager: EntityManager,
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const times = { expiresAt: this.clock.now() + linkLife, usedAt: null };
    const row = { ...link, ...times, tokenHash: tokenHash(token) };
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
    return manager.findOneBy(this.rows, { tokenHash: tokenHash(token) } as FindOptionsWhere<Row>);
  }

  private good(which: Partial<MailedLinkRow>): FindOptionsWhere<Row> {
    const times = { usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    return { ...which, ...times } as FindOptionsWhere<Row>;
  }
}
