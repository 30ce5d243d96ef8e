import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../accounts/account.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import { SessionRow } from '../auth/sessions/rows/session.entity.js';
import { Clock } from '../clock.js';
import { PortalEvents } from '../events/portal-events.js';
import { type ImpersonationEnd, ImpersonationRow } from './impersonation.entity.js';

/** How long an agent may act as a client, in milliseconds. Nothing prolongs it. */
const impersonationLife = 30 * 60_000;

/** An agent acts as a client: started and ended, each in one transaction with its event. */
@Injectable()
export class Impersonations {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts, in the given transaction, in the session of the agent. Null: the session ended meanwhile, or acts as a client already; nothing is
   * changed. The first statement locks the session, so that of two simultaneous calls one starts.
   */
  async start(
    session: CurrentSession,
    client: Account,
    manager: EntityManager,
  ): Promise<ImpersonationRow | null> {
    const { account: agent, key: sessionKey } = session;
    const { stamp, sessionsVersion: version } = agent;
    const living = { key: sessionKey, accountId: agent.id, endedAt: IsNull(), stamp, version };
    if ((await manager.update(SessionRow, living, { accountId: agent.id })).affected !== 1) return null;
    const now = this.clock.now();
    const open = await manager.findBy(ImpersonationRow, { sessionKey, endedAt: IsNull() });
    if (open.some(({ expiresAt }) => expiresAt > now)) return null;
    const of = { id: randomUUID(), sessionKey, agentId: agent.id, clientId: client.id };
    const stamps = { clientStamp: client.stamp, clientVersion: client.sessionsVersion };
    const row = { ...of, ...stamps, startedAt: now, expiresAt: now + impersonationLife, endedAt: null };
    await manager.insert(ImpersonationRow, row);
    return row;
  }

  /**
   * Records the end of an impersonation once, with its event. `at` (UTC ms): when it was over. False: its end was recorded before.
   * `request`: null where no request ended it.
   */
  end(
    { id, agentId, clientId }: Pick<ImpersonationRow, 'id' | 'agentId' | 'clientId'>,
    { reason, at, agent }: { reason: ImpersonationEnd; at: number; agent: string },
    request: Request | null,
  ): Promise<boolean> {
    return transaction(this.database, async (manager) => {
      const ended = await manager.update(ImpersonationRow, { id, endedAt: IsNull() }, { endedAt: at });
      if (ended.affected !== 1) return false;
      const data = { impersonationId: id, reason, agent };
      const facts = { accountId: clientId, actor: { type: 'staff', id: agentId }, data } as const;
      if (request) await this.events.record('impersonation.ended', facts, request, manager);
      else await this.events.recordPast('impersonation.ended', facts, { ...noOrigin, at }, manager);
      return true;
    });
  }

  /** Those whose end was not recorded yet. */
  unended(): Promise<ImpersonationRow[]> {
    return this.database.manager.findBy(ImpersonationRow, { endedAt: IsNull() });
  }
}

const noOrigin = { ip: null, userAgent: null, requestId: null };
