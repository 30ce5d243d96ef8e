import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { actorOf } from '../../auth/common/actor.js';
import { Clock } from '../../clock.js';
import { isRowId } from '../../database/row-id.js';
import { PortalEvents } from '../../events/portal-events.js';
import type { Actor } from '../../events/portal-event.js';
import { limits } from '../../limits.js';
import type { TokenScopeName } from '../bearer/scopes.js';
import { endingOf, newToken, tokenHashOf } from '../bearer/token-format.js';
import { ApiTokenRow } from './api-token.entity.js';
import { lockAccount } from './lock-account.js';
import { TokenApprovalRow } from './token-approval.entity.js';

const day = 86_400_000;

/** The choices of the owner for a new token. */
export interface NewApiToken {
  readonly name: string;
  readonly scopes: readonly TokenScopeName[];
  /** 1 to 365. */
  readonly days: number;
}

/** A token that was just made. Its value is known only here. */
export interface MadeToken {
  readonly token: ApiTokenRow;
  readonly value: string;
}

/** Why all tokens of an account end. */
export type RevocationReason = 'owner' | 'suspended' | 'locked-down';

/** Why no token was made: a valid one has this name, or the account has too many, or it has changed during the request. */
export type TokenRefusal = 'name-taken' | 'too-many' | 'changed';

/** The tokens of accounts: made, listed and revoked. Each change and its events are one transaction. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** The tokens that are not revoked, the newest first. Expired ones stay in the list for a while. */
  list(accountId: string): Promise<ApiTokenRow[]> {
    const order = { createdAt: 'DESC', id: 'ASC' } as const;
    return this.database.manager.find(ApiTokenRow, { where: { accountId, revokedAt: IsNull() }, order });
  }

  /** The number of valid tokens. */
  count(accountId: string): Promise<number> {
    return this.valid(accountId, this.database.manager).then((rows) => rows.length);
  }

  /** Makes a token. The lock on the account makes the checks hold for simultaneous requests too. */
  create(request: Request, account: Account, wanted: NewApiToken): Promise<MadeToken | TokenRefusal> {
    const value = newToken();
    return transaction(this.database, async (manager) => {
      if (!(await lockAccount(account, manager))) return 'changed';
      const others = await this.valid(account.id, manager);
      if (others.some(({ name }) => name === wanted.name)) return 'name-taken';
      if (others.length >= limits['api-tokens'].points) return 'too-many';
      const token = this.rowOf(account, wanted, value);
      await manager.insert(ApiTokenRow, token);
      const { id: tokenId, name, scopes, expiresAt } = token;
      const data = { tokenId, name, scopes, expiresAt: new Date(expiresAt).toISOString() };
      const facts = { accountId: account.id, actor: actorOf(account), data };
      await this.events.record('token.created', facts, request, manager);
      return { token, value };
    });
  }

  /** Revokes one token of the owner. False: the account has no such token any more. */
  revoke(request: Request, account: Account, id: string): Promise<boolean> {
    if (!isRowId(id)) return Promise.resolve(false);
    const by = { actor: actorOf(account), reason: 'owner', request } as const;
    return transaction(this.database, (manager) => this.end({ id, accountId: account.id }, by, manager));
  }

  /**
   * Revokes all tokens of an account: after a suspension or a lock-down. It may be repeated. With a manager it is a part of that
   * transaction. Returns the number of revoked tokens.
   */
  async revokeAll(
    accountId: string,
    by: { readonly actor: Actor; readonly reason: RevocationReason },
    manager?: EntityManager,
  ): Promise<number> {
    if (!manager) return transaction(this.database, (own) => this.revokeAll(accountId, by, own));
    const rows = await manager.find(ApiTokenRow, {
      where: { accountId, revokedAt: IsNull() },
      order: { id: 'ASC' },
    });
    let revoked = 0;
    for (const { id } of rows)
      if (await this.end({ id, accountId }, { ...by, request: null }, manager)) revoked += 1;
    return revoked;
  }

  /** Its approvals end with it: nothing may be carried out for a token that is revoked. */
  private async end(
    which: Pick<ApiTokenRow, 'id' | 'accountId'>,
    by: { readonly actor: Actor; readonly reason: RevocationReason; readonly request: Request | null },
    manager: EntityManager,
  ): Promise<boolean> {
    const now = this.clock.now();
    const ended = await manager.update(ApiTokenRow, { ...which, revokedAt: IsNull() }, { revokedAt: now });
    if (ended.affected !== 1) return false;
    const { name } = await manager.findOneByOrFail(ApiTokenRow, which);
    for (const state of ['open', 'granted'] as const)
      await manager.update(
        TokenApprovalRow,
        { tokenId: which.id, state },
        { state: 'refused', decidedAt: now },
      );
    const data = { tokenId: which.id, name, reason: by.reason };
    const facts = { accountId: which.accountId, actor: by.actor, data };
    await this.events.record('token.revoked', facts, by.request, manager);
    return true;
  }

  private valid(accountId: string, manager: EntityManager): Promise<ApiTokenRow[]> {
    const where = { accountId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    return manager.find(ApiTokenRow, { where });
  }

  private rowOf(
    { id: accountId, stamp }: Account,
    { name, scopes, days }: NewApiToken,
    value: string,
  ): ApiTokenRow {
    const createdAt = this.clock.now();
    const secret = { tokenHash: tokenHashOf(value), ending: endingOf(value) };
    const times = { createdAt, expiresAt: createdAt + days * day };
    const unused = { lastUsedAt: null, lastUsedAddress: null, revokedAt: null };
    return {
      ...secret,
      ...times,
      ...unused,
      id: randomUUID(),
      accountId,
      name,
      scopes: scopes.join(' '),
      stamp,
    };
  }
}
