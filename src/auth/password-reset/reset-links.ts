import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { MailedLinks } from '../mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** Whose link it is, and how the account stood when it was asked for. */
export type LinkOwner = Pick<ResetLinkRow, 'accountId' | 'stamp'>;

/**
 * The links by which a forgotten password is replaced; the token has 256 bits. It is an HMAC under the portal's secret over
 * random bits of the row: so the mail can be written again after a crash, and neither a copy of the database nor the
 * secret alone opens an account.
 */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(
    database: DataSource,
    clock: Clock,
    private readonly config: Config,
  ) {
    super(ResetLinkRow, database, clock);
  }

  /** A new link, in the unit at hand; the account's older one is void. `eventId` asks for its mail. */
  async issue({ accountId, stamp }: LinkOwner, eventId: string, manager: EntityManager): Promise<void> {
    const salt = randomBytes(32).toString('base64url');
    await this.keep(this.tokenFrom(salt), { accountId, stamp, eventId, salt }, manager);
  }

  /** The token to be mailed for this event; null when it is no longer good, or a newer one is. */
  async tokenFor(accountId: string, eventId: string): Promise<string | null> {
    const row = await this.living({ accountId });
    return row?.eventId === eventId ? this.tokenFrom(row.salt) : null;
  }

  private tokenFrom(salt: string): string {
    return createHmac('sha256', this.config.sessionSecret)
      .update(`password-reset:${salt}`)
      .digest('base64url');
  }
}
