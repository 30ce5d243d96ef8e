import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { columnText, kept } from '../../database/column-text.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { clientOf } from '../common/client.js';
import {
  type CurrentSession,
  type PendingSession,
  type RequestSession,
  requestSession,
} from '../sessions/current-session.js';
import { GateFlags } from '../gates/gate-flags.js';
import { switchSession } from '../sessions/rows/session-switch.js';
import { newSessionId, newSessionKey, rowId } from '../sessions/rows/session-id.js';
import { SessionRow } from '../sessions/rows/session.entity.js';
import { Sessions } from '../sessions/sessions.js';

/** A login in progress. */
export interface Login {
  readonly account: Account;
  readonly key: string;
  readonly returnTo: string;
  /** When the password was verified, UTC ms. The session counts from then, so it ends with everything begun before a change. */
  readonly begunAt: number;
  /** The module whose gate was asked last; null: none yet. */
  readonly gate: string | null;
  /** The gates that admitted the login because they know of no protection of the account. */
  readonly unprotected: readonly string[];
  /** The row of the pending login that continues; null: the password was verified in this request. */
  readonly from: string | null;
}

type Row = Omit<SessionRow, 'version'>;

/** The session state after a login step. */
type State = Pick<RequestSession, 'current' | 'pending'>;

/** Writes the result of a login step into a row under a new session id, and then gives the request that session. */
@Injectable()
export class SessionCreation {
  constructor(
    private readonly sessions: Sessions,
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** Starts a login. */
  login(account: Account, returnTo: string): Login {
    const begunAt = this.clock.now();
    return { account, key: newSessionKey(), returnTo, begunAt, gate: null, unprotected: [], from: null };
  }

  /** Stores a pending login: a row without an authenticated account. */
  async hold(request: Request, login: Login, { id, state }: { id: string; state: string }): Promise<void> {
    const { account, key, returnTo, begunAt, from } = login;
    const gate = login.gate ?? '';
    const sessionId = newSessionId();
    const held: State = { pending: { id, account, key, state, gate, returnTo, begunAt } };
    const row = this.row(request, login, sessionId, held);
    const { sessionsVersion: version } = account;
    await (from === null
      ? this.sessions.insert(Object.assign({}, row, { version }))
      : this.sessions.move(from, row));
    await this.leaveBehind(request, from);
    switchSession(request, sessionId, this.standing(row, held));
  }

  /**
   * All gates have been passed: creates the signed-in session. The event is recorded in the same transaction, so each session
   * has exactly one. The same statement checks that the account has not changed since the login began, and that it needs no
   * gate except `gates`.
   * @throws PortalProblem CHALLENGE_EXPIRED when the account has changed, needs another gate, or the pending login no longer
   * exists.
   */
  async signIn(request: Request, login: Login, gates: readonly string[]): Promise<void> {
    const { account, key, from } = login;
    const { sessionsVersion: version } = account;
    const signedInAt = this.clock.now();
    const sessionId = newSessionId();
    const signedIn: State = { current: { account, key, signedInAt } };
    const row = this.row(request, login, sessionId, signedIn);
    const raised = GateFlags.noneRaisedBut(account.id, gates);
    await transaction(this.database, async (manager) => {
      if (from === null)
        await this.sessions.insertWhile(Object.assign({}, row, { version }), manager, raised);
      else await this.sessions.move(from, row, manager, raised);
      const facts = { accountId: account.id, actor: actorOf(account), data: {} };
      await this.events.record('login.succeeded', facts, request, manager);
    });
    await this.leaveBehind(request, from);
    switchSession(request, sessionId, this.standing(row, signedIn));
  }

  /** Moves the session to a new id. */
  async rotate(request: Request, current: CurrentSession, from: string): Promise<void> {
    const sessionId = newSessionId();
    const change = { id: rowId(sessionId), lastSeenAt: this.clock.now() };
    await this.sessions.move(from, change);
    switchSession(request, sessionId, { ...change, current });
  }

  /** A row that moves keeps its version: an enrollment during the pending login may have increased it since the request began. */
  private row(request: Request, login: Login, sessionId: string, { current, pending }: State): Row {
    const client = clientOf(request);
    const columns = {
      id: rowId(sessionId),
      accountId: current?.account.id ?? null,
      key: login.key,
      stamp: login.account.stamp,
      createdAt: login.begunAt,
      signedInAt: current?.signedInAt ?? null,
      lastSeenAt: this.clock.now(),
      endedAt: null,
      address: columnText(client.address, kept.address),
      agent: columnText(client.agent, kept.sessionAgent),
    };
    return Object.assign(columns, pendingColumns(pending));
  }

  private standing({ id, lastSeenAt }: Row, { current, pending }: State): RequestSession {
    return { id, lastSeenAt, current, pending };
  }

  /** A new sign-in abandons the pending login of this browser. */
  private async leaveBehind(request: Request, from: string | null): Promise<void> {
    const old = requestSession(request)?.id;
    if (old !== undefined && from === null) await this.sessions.end(old);
  }
}

const notPending = {
  pendingLoginId: null,
  pendingAccountId: null,
  pendingState: null,
  pendingGate: null,
  pendingReturnTo: null,
};

function pendingColumns(pending: PendingSession | undefined): Pick<Row, keyof typeof notPending> {
  if (!pending) return notPending;
  return {
    pendingLoginId: pending.id,
    pendingAccountId: pending.account.id,
    pendingState: pending.state,
    pendingGate: pending.gate,
    pendingReturnTo: pending.returnTo,
  };
}
