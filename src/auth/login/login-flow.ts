import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { currentSession, heldSession, standing } from '../sessions/current-session.js';
import { Establishment, type Login } from './establishment.js';
import { GateMarks } from '../gates/gate-marks.js';
import { RefusedSignIns } from '../password/refused-sign-ins.js';
import { SessionEnding } from '../sessions/session-ending.js';
import { loginEnded } from '../sessions/sessions.js';

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
   * @throws PortalProblem FORBIDDEN when the account must pass a gate that is not installed, or that knows nothing of it.
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
    await this.refuseContradicted(request, login);
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

  /** What a held login goes on with asks only the gates behind the one that held it. */
  private async refuseContradicted(request: Request, { account, unprotected }: Login): Promise<void> {
    if (unprotected.length === 0) return;
    const raised = await this.marks.raised(account.id);
    if (raised.some((gate) => unprotected.includes(gate)))
      await this.refuse(request, account, 'gate-contradicted');
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
    return this.passGates(request, { account, key, returnTo, begunAt, gate, unprotected: [], from });
  }

  private async renew(request: Request): Promise<LoginOutcome> {
    const current = currentSession(request);
    const from = standing(request)?.id;
    if (!current || from === undefined) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    await this.establishment.renewed(request, current, from);
    return { status: 'signed-in', to: '/' };
  }

  private async passGates(request: Request, login: Login): Promise<LoginOutcome> {
    const passed = await this.askGates(request, login);
    if ('status' in passed) return passed;
    try {
      return await this.establish(request, passed);
    } catch (error) {
      return this.explain(request, { begun: login, passed }, error);
    }
  }

  private async askGates(request: Request, login: Login): Promise<Login | LoginOutcome> {
    const unprotected: string[] = [];
    for (const { id, gate } of this.modules.gatesBehind(login.gate)) {
      this.logins.set(request, { ...login, unprotected, gate: id });
      const answer = await gate.ask(request, login.account);
      if (!answer.pass) return { status: 'held', to: answer.to, json: answer.json };
      if (answer.reason === 'unprotected') unprotected.push(id);
    }
    this.logins.delete(request);
    return { ...login, unprotected };
  }

  /** Only gates that were passed may be raised: of the installed ones all but those that know of no protection. */
  private async establish(request: Request, login: Login): Promise<LoginOutcome> {
    const passed = this.modules.gates().filter((gate) => !login.unprotected.includes(gate));
    await this.establishment.whole(request, login, passed);
    return { status: 'signed-in', to: login.returnTo };
  }

  /**
   * A session was refused: because of a raised gate, or for what else the account is not any more. A gate that was raised while it was
   * asked is asked once more; one that still knows of no protection has lost its data.
   */
  private async explain(
    request: Request,
    { begun, passed }: { begun: Login; passed: Login },
    error: unknown,
  ): Promise<LoginOutcome> {
    // A database that has not answered is not asked again.
    if (!(error instanceof PortalProblem)) throw error;
    const { account, unprotected } = passed;
    const raised = await this.marks.raised(account.id);
    if (raised.some((gate) => !this.modules.hasGate(gate)))
      return this.refuse(request, account, 'gate-missing');
    if (!raised.some((gate) => unprotected.includes(gate))) throw error;
    const again = await this.askGates(request, begun);
    if ('status' in again) return again;
    return this.refuse(request, account, 'gate-contradicted');
  }

  private async refuse(request: Request, account: Account, reason: keyof typeof refusals): Promise<never> {
    await this.abandon(request);
    await this.refused.tell(request, reason, account);
    throw new PortalProblem('FORBIDDEN', refusals[reason], { reason });
  }
}

/** Why an account that must pass a gate is not let in. */
const refusals = {
  'gate-missing':
    'This account is protected by a security check that is not available at the moment. Please contact support.',
  'gate-contradicted':
    'This account is protected by a security check whose data is damaged. Please contact support.',
} as const;
