import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AccountServices } from './account-services.js';
import type { Account } from './core/common/account.js';
import { Problem } from './core/common/errors.js';
import type { TwoFactorAct } from './core/step-up/act.js';
import type { KeyReport } from './core/encryption/key-reports.js';
import type { Actor } from './core/common/origin.js';
import { StatusReader, type TwoFactorStatus } from './core/accounts/status-reader.js';
import type { KeyRotationResult } from './core/encryption/key-rotation.js';
import { ActGate, stepUpRequired } from './http/confirm/act-gate.js';
import { Gate, type TwoFactorGateAnswer } from './http/gate/gate.js';
import { announce } from './http/gate/host-check.js';
import { Maintenance } from './maintenance.js';
import { ResetFacade } from './two-factor.resets.js';

/** The facade: all methods for a host. Inject it anywhere. */
@Injectable()
export class TwoFactor extends ResetFacade {
  constructor(
    private readonly gate: Gate,
    private readonly statusReader: StatusReader,
    private readonly actGate: ActGate,
    private readonly services: AccountServices,
    private readonly maintenance: Maintenance,
  ) {
    super();
  }

  /**
   * The gate, for hosts that sign in by hand (else: `WithSecondFactor` of `nestjs-two-factor/passport`). Call it after
   * the right password and before any session. Sign the person in only if it answers `admit`. `whose`: the account's
   * id, or the account where it was read during this request, which saves a look-up. Run the host's own check, which
   * stays when the package is removed, after it.
   * @throws Problem INVALID_CREDENTIALS when the account may not sign in; UNAVAILABLE when its data is damaged.
   */
  async admit(request: Request, whose: string | Account): Promise<TwoFactorGateAnswer> {
    const answer = await this.gate.admit(request, whose);
    if (answer.outcome === 'admit') announce(request);
    return answer;
  }

  /** Returns the two-factor status of an account, without secrets. */
  status(accountId: string): Promise<TwoFactorStatus> {
    return this.statusReader.read(accountId);
  }

  /**
   * Whether a person who reads this account's mail gets its second factor. Mail alone must then not reset its password:
   * check this before a mailed link does.
   */
  reachedByMail(accountId: string): Promise<boolean> {
    return this.reachedBy(accountId, 'mail');
  }

  /**
   * The same for another medium, by the `readableBy` of the factors' channels. Check `phone` before a code by SMS or a
   * call resets a password.
   */
  reachedBy(accountId: string, medium: string): Promise<boolean> {
    return this.statusReader.reachedBy(medium, accountId);
  }

  /**
   * Whether the person behind this request passed a step-up that named no action within this number of minutes. An
   * action that needs one asks with `requireFresh` or `confirmation`, and names itself.
   */
  isFresh(request: Request, minutes: number): Promise<boolean> {
    return this.actGate.isFresh(request, minutes);
  }

  /**
   * Requires a step-up of at most this number of minutes before a dangerous action of the host. People are led to the
   * confirm page, which shows the title of `act`; what they posted is kept, encrypted, for ten minutes, and carried out
   * after the proof. Programs get the member `act`, confirm with it, and send the request again. The step-up opens this
   * action with these parameters only. Without `act`, nothing is kept and nothing is bound.
   * @throws Problem STEP_UP_REQUIRED
   */
  async requireFresh(request: Request, minutes: number, act?: TwoFactorAct): Promise<void> {
    if (!act) {
      if (await this.isFresh(request, minutes)) return;
      throw new Problem('STEP_UP_REQUIRED', 'Confirm that it is you, then try again.');
    }
    const required = await this.actGate.confirmation(request, minutes, act);
    if (required) throw stepUpRequired(required);
  }

  /**
   * The same without the refusal, for hosts that answer themselves: null where the action may go ahead. Else `to` is the
   * confirm page, and programs get `act`.
   * @throws Problem STEP_UP_REQUIRED when no one is signed in.
   */
  confirmation(
    request: Request,
    minutes: number,
    act: TwoFactorAct,
  ): Promise<{ readonly to: string; readonly act: string } | null> {
    return this.actGate.confirmation(request, minutes, act);
  }

  /**
  }

  /**
   * Call it in the request that changed the password or e-mail address of the signed-in person, after the change. This
   * session continues; all others of the account end with the new security stamp. For sessions on passport and
   * express-session.
   */
  keepSession(request: Request): Promise<void> {
    return this.gate.keepSession(request);
  }

  /**
   * Removes the trust of all browsers of an account, for staff and command lines. The owner gets a mail; the event has the
   * reason. False when there was none.
   */
  forgetDevices(accountId: string, actor: Actor, reason = ''): Promise<boolean> {
    return this.services.admin.forgetDevices(accountId, actor, reason);
  }

  /**
   * Returns the trusted browsers of an account, the newest first: each `{ id, agent, createdAt, expiresAt }`, times in UTC
   * ms, `agent` null where it is not known. Empty where the account may not sign in.
   */
  devices(accountId: string) {
    return this.services.admin.listDevices(accountId);
  }

  /** Deletes all rows of an account that no longer exists. */
  purge(accountId: string): Promise<void> {
    return this.services.admin.purge(accountId);
  }

  /**
   * Returns the keys of the ring, the number of values that each sealed, and the missing keys, without the keys
   * themselves.
   */
  keys(): Promise<KeyReport> {
    return this.maintenance.keys.report();
  }

  /**
   * Encrypts all values of other keys under the first key of the ring, including the host's `sealed`, while people sign
   * in. It can be repeated after an interruption, and may run twice at once. `progress` gets the number of values so
   * far.
   */
  reseal(actor: Actor, progress?: (resealed: number) => void): Promise<KeyRotationResult> {
    return this.maintenance.keys.reseal(actor, progress);
  }

  /** Resolves when the events of this process so far are delivered: for tests, and before a process stops. */
  settled(): Promise<void> {
    return this.maintenance.settled();
  }

  /**
   * One round of maintenance: delivers events that other processes left, and deletes ended rows. It runs by itself
   * every few seconds; call it in hosts without timers, and in tests.
   */
  sweep(): Promise<void> {
    return this.maintenance.round();
  }
}
