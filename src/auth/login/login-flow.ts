import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { currentSession, pendingSession, requestSession } from '../sessions/current-session.js';
import { SessionCreation, type Login } from './session-creation.js';
import { GateFlags } from '../gates/gate-flags.js';
import { RefusedSignIns } from '../password/refused-sign-ins.js';
import { SessionEnding } from '../sessions/session-ending.js';
import { loginEnded } from '../sessions/sessions.js';

/** The result of a login step, and the next address. */
export type LoginOutcome =
  | { readonly status: 'signed-in'; readonly to: string }
  | { readonly status: 'pending'; readonly to: string; readonly json: Readonly<Record<string, unknown>> };

/** The data that a gate gives for a pending login. */
export interface Hold {
  /** The gate's own id of this pending login, at most 64 characters. */
  readonly id: string;
  readonly accountId: string;
  /** The gate's own name of the state, at most 16 characters. */
  readonly state: string;
}

/**
 * Leads from the verified password to a session, through every gate in the order of the installed modules. No other place signs
 * a person in. Before the last gate has been passed there is at most a pending login.
 */
@Injectable()
export class LoginFlow {
  /** The login in progress of each request. */
  private readonly logins = new WeakMap<Request, Login>();

  constructor(
    private readonly modules: InstalledModules,
    private readonly flags: GateFlags,
    private readonly sessionCreation: SessionCreation,
    private readonly ending: SessionEnding,
    private readonly refused: RefusedSignIns,
  ) {}

  /**
   * Starts after the password was verified. `returnTo` must be an address of this site.
   * @throws PortalProblem FORBIDDEN when the account must pass a gate that is not installed, or a gate that does not know of
   * its protection.
   */
  begin(request: Request, account: Account, returnTo: string): Promise<LoginOutcome> {
    return this.passGates(request, this.sessionCreation.login(account, returnTo));
  }

  /**
   * Stores the login of this request as a pending login: new session id, no authenticated account. The gate that is being asked
   * calls it. Returns the session's key.
   */
  async hold(request: Request, hold: Hold): Promise<string> {
    const login = this.logins.get(request);
    if (login?.account.id !== hold.accountId)
      throw new Error('A gate can hold only the login that it is asked about.');
    await this.refuseContradicted(request, login);
    await this.sessionCreation.hold(request, login, hold);
    return login.key;
  }

  /** A pending login continues only with the gates after the one that created it. */
  private async refuseContradicted(request: Request, { account, unprotected }: Login): Promise<void> {
    if (unprotected.length === 0) return;
    const raised = await this.flags.raised(account.id);
    if (raised.some((gate) => unprotected.includes(gate)))
      await this.refuse(request, account, 'gate-contradicted');
  }

  /** Drops the pending login: the person is a visitor afterwards. Returns the address of the sign-in page. */
  async abandon(request: Request): Promise<string> {
    const pending = pendingSession(request);
    if (pending) await this.ending.drop(request, pending);
    return '/login';
  }

  /**
   * The gate of this pending login has been passed: asks the remaining gates, then creates the session with a new id and the
   * same key.
   * @throws PortalProblem CHALLENGE_EXPIRED when the login no longer exists, or another request was faster.
   */
  async resume(request: Request): Promise<LoginOutcome> {
    const pending = pendingSession(request);
    const from = requestSession(request)?.id;
    if (!pending || from === undefined) throw new PortalProblem('CHALLENGE_EXPIRED', loginEnded);
    const { account, key, returnTo, begunAt, gate } = pending;
    return this.passGates(request, { account, key, returnTo, begunAt, gate, unprotected: [], from });
  }

  /** Gives a signed-in person's session a new id after a step-up (ASVS 7.2.4). @throws PortalProblem NOT_SIGNED_IN */
  async renew(request: Request): Promise<void> {
    const current = currentSession(request);
    const from = requestSession(request)?.id;
    if (!current || from === undefined) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    await this.sessionCreation.rotate(request, current, from);
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
      this.logins.set(request, loginAt(login, id, unprotected));
      const answer = await gate.ask(request, login.account);
      if (!answer.pass) return { status: 'pending', to: answer.to, json: answer.json };
      if (answer.reason === 'unprotected') unprotected.push(id);
    }
    this.logins.delete(request);
    return loginAt(login, login.gate, unprotected);
  }

  /** The account may need only gates that were passed: all installed gates except those that know of no protection. */
  private async establish(request: Request, login: Login): Promise<LoginOutcome> {
    const passed = this.modules.gates().filter((gate) => !login.unprotected.includes(gate));
    await this.sessionCreation.signIn(request, login, passed);
    return { status: 'signed-in', to: login.returnTo };
  }

  /**
   * Finds out why a session was refused: a newly required gate, or another change of the account. A gate that became required
   * during the request is asked once more. If it still knows of no protection, it has lost its data.
   */
  private async explain(
    request: Request,
    { begun, passed }: { begun: Login; passed: Login },
    error: unknown,
  ): Promise<LoginOutcome> {
    // After a database failure no further query is sent.
    if (!(error instanceof PortalProblem)) throw error;
    const { account, unprotected } = passed;
    const raised = await this.flags.raised(account.id);
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

/** The login once it has come to `gate`. Its members are named one by one: see decision 31. */
function loginAt(login: Login, gate: string | null, unprotected: readonly string[]): Login {
  const { account, key, returnTo, begunAt, from } = login;
  return { account, key, returnTo, begunAt, gate, unprotected, from };
}

/** The reasons why an account that must pass a gate is refused. */
const refusals = {
  'gate-missing':
    'This account is protected by a security check that is not available at the moment. Please contact support.',
  'gate-contradicted':
    'This account is protected by a security check whose data is damaged. Please contact support.',
} as const;
