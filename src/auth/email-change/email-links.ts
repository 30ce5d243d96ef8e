import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { type Fate, fateOf, fingerprint, linkLife } from '../link-token.js';
import { EmailLinkRow } from './email-link.entity.js';

/** Whose address a link changes and to which one, and how the account stood when it was asked for. */
export type Wish = Pick<EmailLinkRow, 'accountId' | 'email' | 'stamp'>;

/** An address that waits to be confirmed; until when, UTC ms. */
export type Waiting = Pick<EmailLinkRow, 'email' | 'expiresAt'>;

/** The links by which a new address is confirmed: 256 random bits, 30 minutes, once, the newest only. */
@Injectable()
export class EmailLinks {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The token of a new link, in the unit at hand; the account's older one is void. */
  async issue(wish: Wish, manager: EntityManager): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const times = { expiresAt: this.clock.now() + linkLife, usedAt: null };
    const row = { ...wish, tokenHash: fingerprint(token), ...times };
    const insert = manager.createQueryBuilder().insert().into(EmailLinkRow).values(row);
    await insert.orUpdate(replaced, ['account_id']).updateEntity(false).execute();
    return token;
  }

  /** What this account waits for; null when it is nothing, or nothing any more. */
  waiting({ id: accountId, stamp }: Pick<Account, 'id' | 'stamp'>): Promise<Waiting | null> {
    const select = { accountId: true, email: true, expiresAt: true } as const;
    return this.database.manager.findOne(EmailLinkRow, {
      select,
      where: { accountId, stamp, ...this.living() },
    });
  }

  /** What the link of this token is to do; null when it is none, or none any more. */
  find(token: string): Promise<Wish | null> {
    const where = { tokenHash: fingerprint(token), ...this.living() };
    return this.database.manager.findOne(EmailLinkRow, { select: wished, where });
  }

  /** What became of a link that is no good. */
  async fate(token: string): Promise<Fate> {
    const select = { accountId: true, usedAt: true, expiresAt: true } as const;
    const where = { tokenHash: fingerprint(token) };
    return fateOf(await this.database.manager.findOne(EmailLinkRow, { select, where }), this.clock.now());
  }

  /** Uses the link up, in the unit at hand, whose first statement this is: of two at once one gets null. */
  async use(token: string, manager: EntityManager): Promise<Wish | null> {
    const tokenHash = fingerprint(token);
    const change = { usedAt: this.clock.now() };
    const used = await manager.update(EmailLinkRow, { tokenHash, ...this.living() }, change);
    if (used.affected !== 1) return null;
    return manager.findOne(EmailLinkRow, { select: wished, where: { tokenHash } });
  }

  private living() {
    return { usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}

const wished = { accountId: true, email: true, stamp: true } as const;

const replaced = ['email', 'token_hash', 'stamp', 'expires_at', 'used_at'];
