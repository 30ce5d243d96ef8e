import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { Config } from '../../config.js';
import { PortalEvents } from '../../events/portal-events.js';
import type { PortalEventData } from '../../events/catalogue.js';
import { noteAbandoned } from './abandoned-login.js';
import { actorOf } from '../common/actor.js';
import { type CurrentSession, type PendingSession, requestSession } from './current-session.js';
import { GateFlags, type ModuleChange } from '../gates/gate-flags.js';
import { switchSession } from './rows/session-switch.js';
import { newSessionId } from './rows/session-id.js';
import { Sessions } from './sessions.js';

type Ended = PortalEventData['session.ended'];

/** Ends sessions, and records the event in the same transaction. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly sessions: Sessions,
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly flags: GateFlags,
    private readonly config: Config,
  ) {}

  /** Signs out: this session ends, and the browser gets a new id without a session. */
  async signOut(request: Request, { account }: CurrentSession): Promise<void> {
    await this.leave(request, async (id, manager) => {
      if (!(await this.sessions.end(id, manager))) return;
      const facts = { accountId: account.id, actor: actorOf(account), data: {} };
      await this.events.record('logout', facts, request, manager);
    });
  }

  /** Drops the pending login of this request without an event. The person starts over, with their address filled in. */
  drop(request: Request, pending: PendingSession): Promise<void> {
    noteAbandoned(request, this.config, pending);
    return this.leave(request, async (id, manager) => {
      await this.sessions.abandon(id, manager);
    });
  }

  /** Ends one of the account's own sessions; returns false when there is no such session any more. */
  one(request: Request, account: Account, id: string): Promise<boolean> {
    return transaction(this.database, async (manager) => {
      const ended = await this.sessions.endOf(account.id, id, manager);
      if (ended) await this.tell(account, { reason: 'owner' }, request, manager);
      return ended;
    });
  }

  /** Ends all sessions of the owner except the current one. */
  others(request: Request, { account, key }: CurrentSession): Promise<number> {
    return transaction(this.database, async (manager) => {
      const sessions = await this.sessions.endOthers(account.id, key, manager);
      if (sessions) await this.tell(account, { reason: 'owner', sessions }, request, manager);
      return sessions;
    });
  }

  /**
   * Ends every session and pending login of the account after a module changed its factors, except the session with `keepKey`.
   * It runs once for each change: a repeated or older version does nothing. Returns the number of ended sessions.
   */
  afterChange(change: ModuleChange, keepKey: string | null): Promise<number> {
    const { accountId } = change;
    return transaction(this.database, async (manager) => {
      if (!(await this.flags.noteEnded(change, manager))) return 0;
      const sessions = await this.sessions.endOthers(accountId, keepKey, manager);
      const data: Ended = { reason: 'security-change', sessions };
      const facts = { accountId, actor: { type: 'system', id: 'sessions' }, data } as const;
      if (sessions) await this.events.record('session.ended', facts, null, manager);
      return sessions;
    });
  }

  private async leave(
    request: Request,
    end: (id: string, manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    const id = requestSession(request)?.id;
    if (id !== undefined) await transaction(this.database, (manager) => end(id, manager));
    switchSession(request, newSessionId(), undefined);
  }

  private async tell(account: Account, data: Ended, request: Request, manager: EntityManager): Promise<void> {
    const facts = { accountId: account.id, actor: actorOf(account), data };
    await this.events.record('session.ended', facts, request, manager);
  }
}
