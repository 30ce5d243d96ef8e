import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { type Fate, fateOf, fingerprint, linkLife } from '../link-token.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** Whose link it is, and how the account stood when it was asked for. */
export type LinkOwner = Pick<ResetLinkRow, 'accountId' | 'stamp'>;

/**
 * The links by which a forgotten password is replaced: 256 bits, 30 minutes, once, the newest only. The token is an HMAC
 * under the portal's secret over random bits of the row: so the mail can be written again after a crash, and neither a
 * copy of the database nor the secret alone opens an account.
 */
@Injectable()
export class ResetLinks {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** A new link, in the unit at hand; the account's older one is void. `eventId` asks for its mail. */
  async issue({ accountId, stamp }: LinkOwner, eventId: string, manager: EntityManager): Promise<void> {
    const salt = randomBytes(32).toString('base64url');
    const secret = { salt, tokenHash: fingerprint(this.tokenFrom(salt)) };
    const row = {
      accountId,
      stamp,
      eventId,
      ...secret,
      expiresAt: this.clock.now() + linkLife,
      usedAt: null,
    };
    const insert = manager.createQueryBuilder().insert().into(ResetLinkRow).values(row);
    await insert.orUpdate(replaced, ['account_id']).updateEntity(false).execute();
  }

  /** The token to be mailed for this event; null when it is no longer good, or a newer one is. */
  async tokenFor(accountId: string, eventId: string): Promise<string | null> {
    const row = await this.database.manager.findOneBy(ResetLinkRow, { accountId, eventId, ...this.living() });
    return row && this.tokenFrom(row.salt);
  }

  /** Whose link this token is; null when it is none, or none any more. */
  find(token: string): Promise<LinkOwner | null> {
    const where = { tokenHash: fingerprint(token), ...this.living() };
    return this.database.manager.findOne(ResetLinkRow, { select: { accountId: true, stamp: true }, where });
  }

  /** What became of a link that is no good. */
  async fate(token: string): Promise<Fate> {
    const select = { accountId: true, usedAt: true, expiresAt: true } as const;
    const where = { tokenHash: fingerprint(token) };
    const row = await this.database.manager.findOne(ResetLinkRow, { select, where });
    return fateOf(row, this.clock.now());
  }

  /** Uses the link up, in the unit at hand, whose first statement this is: of two at once one gets null. */
  async use(token: string, manager: EntityManager): Promise<LinkOwner | null> {
    const tokenHash = fingerprint(token);
    const change = { usedAt: this.clock.now() };
    const used = await manager.update(ResetLinkRow, { tokenHash, ...this.living() }, change);
    if (used.affected !== 1) return null;
    return manager.findOne(ResetLinkRow, { select: { accountId: true, stamp: true }, where: { tokenHash } });
  }

  private living() {
    return { usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }

  private tokenFrom(salt: string): string {
    return createHmac('sha256', this.config.sessionSecret)
      .update(`password-reset:${salt}`)
      .digest('base64url');
  }
}

const replaced = ['event_id', 'salt', 'token_hash', 'stamp', 'expires_at', 'used_at'];
