import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from './core/common/account.js';
import { AccountLife } from './core/enrollment/account-life.js';
import { Problem } from './core/common/errors.js';
import { StepUps } from './core/step-up/step-ups.js';
import type { KeyReport } from './core/encryption/keys.js';
import type { Actor } from './core/common/origin.js';
import { Overview, type TwoFactorStatus } from './core/accounts/overview.js';
import type { Resealed } from './core/encryption/resealing.js';
import { Gate, type TwoFactorGateAnswer } from './http/gate/gate.js';
import { announce } from './http/gate/host-check.js';
import { Upkeep } from './upkeep.js';

/** The facade: everything a host calls. Inject it anywhere. */
@Injectable()
export class TwoFactor {
  constructor(
    private readonly gate: Gate,
    private readonly overview: Overview,
    private readonly stepUps: StepUps,
    private readonly life: AccountLife,
    private readonly upkeep: Upkeep,
  ) {}

  /**
   * The gate, for hosts that sign in by hand (else: `WithSecondFactor` of `nestjs-two-factor/passport`). Call it after the right password and before
   * any session; unless it answers `admit`, nobody may be signed in. `whose`: the account's id, or the account where it
   * was read during this request, which saves a look-up. The host's own check, which stays when the package is taken
   * out, belongs behind it.
   * @throws Problem INVALID_CREDENTIALS when the account may not sign in; UNAVAILABLE when its data is damaged.
   */
  async admit(request: Request, whose: string | Account): Promise<TwoFactorGateAnswer> {
    const answer = await this.gate.admit(request, whose);
    if (answer.outcome === 'admit') announce(request);
    return answer;
  }

  /** How an account stands, without secrets. */
  status(accountId: string): Promise<TwoFactorStatus> {
    return this.overview.of(accountId);
  }

  /**
   * Would whoever reads this account's mail have its second factor? Then mail alone must not replace its password: ask before a
   * mailed link does.
   */
  reachedByMail(accountId: string): Promise<boolean> {
    return this.reachedBy(accountId, 'mail');
  }

  /**
   * The same of another medium, by the `readableBy` of the factors' channels: `phone` before a code by SMS or a call replaces a
   * password.
   */
  reachedBy(accountId: string, medium: string): Promise<boolean> {
    return this.overview.reachedBy(medium, accountId);
  }

  /** Did the person behind this request confirm within so many minutes that it is them? */
  isFresh(request: Request, minutes: number): Promise<boolean> {
    return this.stepUps.freshFor(request, minutes);
  }

  /**
   * For dangerous clicks of the host's own.
   * @throws Problem STEP_UP_REQUIRED
   */
  async requireFresh(request: Request, minutes: number): Promise<void> {
    if (await this.isFresh(request, minutes)) return;
    throw new Problem('STEP_UP_REQUIRED', 'Confirm that it is you, then try again.');
  }

  /**
   * Takes all factors of an account away: for staff and command lines. The owner is mailed, every session ends.
   * False: there was nothing to reset.
   * @throws Problem NOT_FOUND when there is no such account.
   */
  reset(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    return this.life.reset(accountId, reason, actor);
  }

  /**
   * Tell the module that a password was changed or reset: it ends waits and voids logins begun with the old one. `at` (UTC
   * ms) is when, for hosts that tell it later; logins begun after that stay. Left out: now.
   */
  passwordChanged(accountId: string, at?: number): Promise<void> {
    return this.life.passwordChanged(accountId, at);
  }

  /**
   * Call it in the request that changed the password or e-mail address of the person signed in, behind the change: this session
   * goes on, and all others of the account have ended with the new security stamp. For sessions on passport and express-session.
   */
  keepSession(request: Request): Promise<void> {
    return this.gate.keepSession(request);
  }

  /** Has every browser that the account trusts asked again; for staff and command lines. */
  forgetDevices(accountId: string, actor: Actor): Promise<void> {
    return this.life.forgetDevices(accountId, actor);
  }

  /** Forgets an account that is no more. */
  purge(accountId: string): Promise<void> {
    return this.life.purge(accountId);
  }

  /** Which keys the ring has, what each has sealed, and which are missing; nothing of what they are made of. */
  keys(): Promise<KeyReport> {
    return this.upkeep.keys.report();
  }

  /**
   * Seals everything under the first key of the ring that another key sealed, the host's `sealed` too, while people sign
   * in. Stopped midway, or run twice at once, it can be done again. `progress` hears how many values there were so far.
   */
  reseal(actor: Actor, progress?: (resealed: number) => void): Promise<Resealed> {
    return this.upkeep.keys.reseal(actor, progress);
  }

  /** Resolves when what this process has told so far is handed over: for tests, and for whoever stops a process. */
  settled(): Promise<void> {
    return this.upkeep.settled();
  }

  /**
   * One round of upkeep: takes up events that other processes left behind, deletes what has ended. It runs by itself
   * every few seconds; for hosts without timers, and for tests.
   */
  sweep(): Promise<void> {
    return this.upkeep.round();
  }
}
