import { Inject } from '@nestjs/common';
import type { Request } from 'express';
import type { TwoFactorStatus } from './core/accounts/status-reader.js';
import type { BrakeShortening } from './core/brake/brake-shortenings.js';
import type { Actor } from './core/common/origin.js';
import { BrakeGate } from './http/confirm/brake-gate.js';
import { DeskFacade } from './two-factor.desk.js';

/**
 * The part of the facade about the hijack brake. After a reset, a recovery, a set-up by a recovery code, another e-mail address or a
 * lock-down, dangerous actions wait some days, so that the owner can stop a thief (option `brakeHours`).
 */
export abstract class BrakeFacade extends DeskFacade {
  @Inject(BrakeGate)
  private readonly brakeGate: BrakeGate;

  /**
   * Refuses a dangerous action of the host during the brake, and mails the owner that it was asked for (once a day for each action). Call
   * it before you ask for a confirmation. `whose`: the request of the signed-in person; the sentence of the refusal is then in their
   * language and time zone. Or an account id, where no such person is there. `act`: the name of the action, e.g. `nameservers.change`.
   * @throws Problem COOLING_DOWN (403) with `until` (UTC, ISO text), `reason: 'brake'` and `act`; after a lock-down `until` is null and the
   * reason `frozen`, until the password was set anew. NOT_SIGNED_IN for the request of a visitor.
   */
  requireReleased(whose: Request | string, act: string): Promise<void> {
    return this.brakeGate.requireReleased(whose, act);
  }

  /**
   * Refuses a change that needs no brake, while the account is frozen after a lock-down. Call it before the e-mail address changes.
   * @throws Problem COOLING_DOWN with `reason: 'frozen'`; NOT_SIGNED_IN for the request of a visitor.
   */
  requireUnfrozen(whose: Request | string): Promise<void> {
    return this.brakeGate.requireUnfrozen(whose);
  }

  /** Returns the running brake; null where none runs. For pages that say when an action is possible, before its button is pressed. */
  brake(accountId: string): Promise<TwoFactorStatus['brake']> {
    return this.brakeGate.status(accountId);
  }

  /**
   * Call it after a change of the e-mail address, from the relay of your events: it starts the brake. `at` (UTC ms) is the time of the
   * change; repeated calls with the same time count once. Default: now.
   */
  emailChanged(accountId: string, at?: number): Promise<void> {
    return this.brakeGate.emailChanged(accountId, at);
  }

  /**
   * Ends the wait of an account now. Two different people must agree: `actor` and `approvedBy`, staff or operators, neither of them the owner.
   * The owner gets a mail. False where no brake runs.
   * @throws Problem INVALID_INPUT without a reason, or without two such people.
   */
  shorten(accountId: string, given: BrakeShortening, actor: Actor): Promise<boolean> {
    return this.brakeGate.shortenings.shorten(accountId, given, actor);
  }
}
