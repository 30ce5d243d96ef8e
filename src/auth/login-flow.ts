import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../accounts/account.js';
import { InstalledModules } from '../portal/modules.js';
import { PortalProblem } from '../portal/problem.js';
import { currentSession, heldSession, standing } from './current-session.js';
import { Establishment, type Login } from './establishment.js';
import { GateMarks } from './gate-marks.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { SessionEnding } from './session-ending.js';
import { loginEnded } from './sessions.js';

/** What came of a sign-in so far, and where to go. */
export type LoginOutcome =
  | { readonly status: 'signed-in'; readonly to: string }
  | { readonly status: 'held'; readonly to: string; readonly json: Readonly<Record<string, unknown>> };

/** What a gate that holds a login says of it. */
export interface Hold {
  /** The gate's own id of this held login, at most 64 characters. */
  readonly id: string;
  readonly accountId: string;
  /** What the gate waits for, in its own words; at most 16 characters. */
  readonly state: string;
}

/**
 * From the right password to a session, through every gate in the order of the installed modules. The only place that
 * signs anybody in. Until the last gate has been passed nobody is signed in: the login is at most held.
 */
@Injectable()
export class LoginFlow {
  /** The login that each request is in the middle of. */
  private readonly logins = new WeakMap<Request, Login>();

  constructor(
    private readonly modules: InstalledModules,
    private readonly marks: GateMarks,
    private readonly establishment: Establishment,
    private readonly ending: SessionEnding,
    private readonly refused: RefusedSignIns,
  ) {}

  /**
   * The password was right. `returnTo` is of this site.
   * @throws PortalProblem FORBIDDEN when the account must pass a gate that is not installed.
   */
  begin(request: Request, account: Account, returnTo: string): Promise<LoginOutcome> {
    return this.passGates(request, this.establishment.login(account, returnTo));
  }

  /**
   * Parks the login that this request is in the middle of: new session id, no principal. Called by the gate being
   * asked. Answers the session's key.
   */
  async hold(request: Request, hold: Hold): Promise<string> {
    const login = this.logins.get(request);
    if (login?.account.id !== hold.accountId)
      throw new Error('A gate can hold only the login that it is asked about.');
    await this.establishment.held(request, login, hold);
    return login.key;
  }

  /**
   * `proved`: the gate that holds this request's login has been passed; the rest of the gates, then the session with a
   * new id and the same key. `stepped-up`: a new id for somebody signed in who confirmed that it is them (ASVS 7.2.4).
   * `abandoned`: the held login is dropped, nobody is signed in.
   * @throws PortalProblem CHALLENGE_EXPIRED when there is no such login any more, or another request was faster.
   */
  async complete(request: Request, how: 'proved' | 'stepped-up' | 'abandoned'): Promise<LoginOutcome> {
    if (how === 'proved') return this.resume(request);
    if (how === 'stepped-up') return this.renew(request);
    await this.abandon(request);
    return { status: 'held', to: '/login', json: {} };
  }

  private async abandon(request: Request): Promise<void> {
    const held = heldSession(request);
    if (held) await this.ending.drop(request, held);
  }

  private resume(request: Request): Promise<LoginOutcome> {
    const held = heldSession(request);
    const from = standing(request)?.id;
    if (!held || from === undefined) throw new PortalProblem('CHALLENGE_EXPIRED', loginEnded);
    const { account, key, returnTo, begunAt, gate } = held;
    return this.passGates(request, { account, key, returnTo, begunAt, gate, from });
  }

  private async renew(request: Request): Promise<LoginOutcome> {
    const current = currentSession(request);
    const from = standing(request)?.id;
    if (!current || from === undefined) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    await this.establishment.renewed(request, current, from);
    return { status: 'signed-in', to: '/' };
  }

  private async passGates(request: Request, login: Login): Promise<LoginOutcome> {
    for (const { id, gate } of this.modules.gatesBehind(login.gate)) {
      this.logins.set(request, { ...login, gate: id });
      const answer = await gate.ask(request, login.account);
      if (!answer.pass) return { status: 'held', to: answer.to, json: answer.json };
    }
    this.logins.delete(request);
    await this.establish(request, login);
    return { status: 'signed-in', to: login.returnTo };
  }

  /** A held login is signed in by the same statement that looks at its gates; what a refusal was about is asked after it. */
  private async establish(request: Request, login: Login): Promise<void> {
    if (login.from === null) await this.refuseMissing(request, login.account);
    try {
      await this.establishment.whole(request, login, this.modules.gates());
    } catch (error) {
      // A database that has not answered is not asked again.
      if (error instanceof PortalProblem) await this.refuseMissing(request, login.account);
      throw error;
    }
  }

  private async refuseMissing(request: Request, account: Account): Promise<void> {
    const raised = await this.marks.raised(account.id);
    if (raised.every((gate) => this.modules.hasGate(gate))) return;
    await this.abandon(request);
    await this.refused.tell(request, 'gate-missing', account);
    throw new PortalProblem('FORBIDDEN', missingGate, { reason: 'gate-missing' });
  }
}

const missingGate =
  'This account is protected by a security check that is not available at the moment. Please contact support.';
