import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { actorOf } from '../../auth/common/actor.js';
import { clientAddress } from '../../auth/common/client.js';
import { Clock } from '../../clock.js';
import { columnText, kept } from '../../database/column-text.js';
import { isRowId } from '../../database/row-id.js';
import { PortalEvents } from '../../events/portal-events.js';
import { limits } from '../../limits.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import type { TokenPrincipal } from '../bearer/bearer-request.js';
import { lockAccount } from '../rows/lock-account.js';
import { TokenApprovalRow } from '../rows/token-approval.entity.js';
import { type Approval, approvalOf } from './approval.js';
import type { AskedAct } from './asked-act.js';
import { approvalRefused } from './approval-refusals.js';

/** How long an approval is valid, from the request of the token, in milliseconds. */
const approvalLife = 15 * 60_000;

/** Dangerous acts that tokens asked for, and the decisions of the owners. Each change and its event are one transaction. */
@Injectable()
export class TokenApprovals {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks the owner. The same request of the same token gets the approval that is still undecided or unused, so a repeated request
   * asks once.
   * @throws LimitReached when the account has too many undecided approvals.
   */
  request(request: Request, principal: TokenPrincipal, asked: AskedAct): Promise<Approval> {
    const { account } = principal;
    return transaction(this.database, async (manager) => {
      if (!(await lockAccount(account, manager))) throw approvalRefused('changed');
      const open = await this.openOf(account.id, manager);
      const same = open.find(({ tokenId, binding }) => tokenId === principal.id && binding === asked.binding);
      if (same) return approvalOf(same, this.clock.now());
      this.refuseTooMany(
        account,
        open.filter(({ state }) => state === 'open'),
      );
      const row = this.rowOf(request, principal, asked);
      await manager.insert(TokenApprovalRow, row);
      const data = { approvalId: row.id, act: row.act };
      const facts = { accountId: account.id, actor: actorOf(account), data };
      await this.events.record('approval.requested', facts, request, manager);
      return approvalOf(row, this.clock.now());
    });
  }

  /** An approval of this account; null when it has none of this id. */
  async find(accountId: string, id: string): Promise<Approval | null> {
    const row = isRowId(id)
      ? await this.database.manager.findOneBy(TokenApprovalRow, { id, accountId })
      : null;
    return row && approvalOf(row, this.clock.now());
  }

  /** The undecided approvals of an account, the oldest first. */
  async open(accountId: string): Promise<Approval[]> {
    const rows = await this.openOf(accountId, this.database.manager);
    return rows.filter(({ state }) => state === 'open').map((row) => approvalOf(row, this.clock.now()));
  }

  /** The owner approves. False: it is decided already, too old, or void because the account has changed. */
  grant(request: Request, account: Account, id: string): Promise<boolean> {
    const { stamp } = account;
    return this.decide(request, account, { id, state: 'open', stamp, next: 'granted' });
  }

  /** The owner refuses, or takes an approval back that was not used yet. False: it is neither open nor granted. */
  async refuse(request: Request, account: Account, id: string): Promise<boolean> {
    for (const state of ['open', 'granted'] as const)
      if (await this.decide(request, account, { id, state, next: 'refused' })) return true;
    return false;
  }

  private async decide(
    request: Request,
    account: Account,
    {
      next,
      ...which
    }: { id: string; state: 'open' | 'granted'; stamp?: string; next: 'granted' | 'refused' },
  ): Promise<boolean> {
    if (!isRowId(which.id)) return false;
    const now = this.clock.now();
    const where = { ...which, accountId: account.id, expiresAt: MoreThan(now) };
    return transaction(this.database, async (manager) => {
      const change = { state: next, decidedAt: now };
      if ((await manager.update(TokenApprovalRow, where, change)).affected !== 1) return false;
      const { act, tokenId } = await manager.findOneByOrFail(TokenApprovalRow, { id: which.id });
      const data = { approvalId: which.id, act, tokenId };
      const facts = { accountId: account.id, actor: actorOf(account), data };
      await this.events.record(`approval.${next}`, facts, request, manager);
      return true;
    });
  }

  private openOf(accountId: string, manager: EntityManager): Promise<TokenApprovalRow[]> {
    const where = { accountId, state: In(['open', 'granted']), expiresAt: MoreThan(this.clock.now()) };
    return manager.find(TokenApprovalRow, { where, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  private refuseTooMany({ id: accountId }: Account, open: readonly TokenApprovalRow[]): void {
    const [oldest] = open;
    if (!oldest || open.length < limits['token-approvals'].points) return;
    const message = 'Too many acts wait for an approval of this account.';
    const ms = Math.max(oldest.expiresAt - this.clock.now(), 1000);
    throw new LimitReached('token-approvals', message, { ms, accountId });
  }

  private rowOf(
    request: Request,
    { id: tokenId, account }: TokenPrincipal,
    asked: AskedAct,
  ): TokenApprovalRow {
    const createdAt = this.clock.now();
    const times = { createdAt, expiresAt: createdAt + approvalLife, decidedAt: null, usedAt: null };
    const { act, binding, description } = asked;
    const address = columnText(clientAddress(request), kept.address);
    const of = { id: randomUUID(), accountId: account.id, tokenId, stamp: account.stamp, address };
    return { ...of, ...times, act, binding, description: JSON.stringify(description), state: 'open' };
  }
}
