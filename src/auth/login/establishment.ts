import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { columnText, kept } from '../../database/column-text.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { clientOf } from '../common/client.js';
import { type CurrentSession, type Standing, standing } from '../sessions/current-session.js';
import { GateMarks } from '../gates/gate-marks.js';
import { moveTo } from '../sessions/new-standing.js';
import { newSessionId, newSessionKey, rowId } from '../sessions/session-id.js';
import { SessionRow } from '../sessions/session.entity.js';
import { Sessions } from '../sessions/sessions.js';

/** The columns of a session that is not signed in. */
const notSignedIn = { accountId: null, signedInAt: null };

/** A sign-in under way. */
export interface Login {
  readonly account: Account;
  readonly key: string;
  readonly returnTo: string;
  /** When the password was right, UTC ms. A session is as old as that: it ends with what was begun before a change. */
  readonly begunAt: number;
  /** The module whose gate was asked last; null: none yet. */
  readonly gate: string | null;
  /** The gates that let it pass because they know of no protection of the account. */
  readonly unprotected: readonly string[];
  /** The row of the held login that goes on; null: the password was right just now. */
  readonly from: string | null;
}

type Row = Omit<SessionRow, 'version'>;

const notHeld = {
  heldLoginId: null,
  heldAccountId: null,
  heldState: null,
  heldGate: null,
  heldReturnTo: null,
};

/** Writes what a sign-in has come to into a row, under a new session id, and then gives the request that session. */
@Injectable()
export class Establishment {
  constructor(
    private readonly sessions: Sessions,
    private readonly units: UnitOfWork,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** A sign-in that begins now. */
  login(account: Account, returnTo: string): Login {
    const begunAt = this.clock.now();
    return { account, key: newSessionKey(), returnTo, begunAt, gate: null, unprotected: [], from: null };
  }

  /** Held by a gate: a row without principal. */
  async held(request: Request, login: Login, { id, state }: { id: string; state: string }): Promise<void> {
    const { account, key, returnTo, begunAt, from } = login;
    const gate = login.gate ?? '';
    const sessionId = newSessionId();
    const row = this.row(request, login, sessionId, {
      heldLoginId: id,
      heldAccountId: account.id,
      heldState: state,
      heldGate: gate,
      heldReturnTo: returnTo,
    });
    const { sessionsVersion: version } = account;
    await (from === null ? this.sessions.insert({ ...row, version }) : this.sessions.move(from, row));
    await this.leaveBehind(request, from);
    moveTo(
      request,
      sessionId,
      this.standing(row, { held: { id, account, key, state, gate, returnTo, begunAt } }),
    );
  }

  /**
   * Every gate has been passed: signed in. The event is recorded in the same unit, so there is one for each session. The same
   * statement looks whether the account is still as it was when the login began, and has no gate raised but `gates`.
   * @throws PortalProblem CHALLENGE_EXPIRED when it is not, another gate is raised, or there is no such held login any more.
   */
  async whole(request: Request, login: Login, gates: readonly string[]): Promise<void> {
    const { account, key, from } = login;
    const { sessionsVersion: version } = account;
    const signedInAt = this.clock.now();
    const sessionId = newSessionId();
    const row = this.row(request, login, sessionId, { accountId: account.id, signedInAt });
    const raised = GateMarks.noneRaisedBut(account.id, gates);
    await this.units.run(async (manager) => {
      if (from === null) await this.sessions.insertWhile({ ...row, version }, manager, raised);
      else await this.sessions.move(from, row, manager, raised);
      const facts = { accountId: account.id, actor: actorOf(account), data: {} };
      await this.events.record('login.succeeded', facts, request, manager);
    });
    await this.leaveBehind(request, from);
    moveTo(request, sessionId, this.standing(row, { current: { account, key, signedInAt } }));
  }

  /** The same session under a new id. */
  async renewed(request: Request, current: CurrentSession, from: string): Promise<void> {
    const sessionId = newSessionId();
    const change = { id: rowId(sessionId), lastSeenAt: this.clock.now() };
    await this.sessions.move(from, change);
    moveTo(request, sessionId, { ...change, current });
  }

  /** A row that moves keeps its version: a set-up that the held login made itself has counted it on since the request began. */
  private row(request: Request, login: Login, sessionId: string, what: Partial<SessionRow>): Row {
    const now = this.clock.now();
    const client = clientOf(request);
    return {
      ...notSignedIn,
      ...notHeld,
      ...what,
      id: rowId(sessionId),
      key: login.key,
      stamp: login.account.stamp,
      createdAt: login.begunAt,
      lastSeenAt: now,
      endedAt: null,
      address: columnText(client.address, kept.address),
      agent: columnText(client.agent, kept.sessionAgent),
    };
  }

  private standing(row: Row, what: Pick<Standing, 'current' | 'held'>): Standing {
    return { ...what, id: row.id, lastSeenAt: row.lastSeenAt };
  }

  /** Who starts another sign-in leaves no held login behind in this browser. */
  private async leaveBehind(request: Request, from: string | null): Promise<void> {
    const old = standing(request)?.id;
    if (old !== undefined && from === null) await this.sessions.end(old);
  }
}
