import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Brake } from '../../core/brake/brake.js';
import type { BrakeStatus } from '../../core/brake/brake-status.js';
import { BrakeShortenings } from '../../core/brake/brake-shortenings.js';
import type { Account } from '../../core/common/account.js';
import { Problem } from '../../core/common/errors.js';
import type { Actor, Origin } from '../../core/common/origin.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { originOf } from '../request/origin-of.js';
import { BrakeTexts } from '../response/brake-texts.js';

/** The actor of what a host reports or asks without a request. */
const HOST: Actor = { type: 'system', id: 'host' };

/** The hijack brake for requests: who asks, and in which words the refusal is. */
@Injectable()
export class BrakeGate {
  constructor(
    private readonly brake: Brake,
    readonly shortenings: BrakeShortenings,
    private readonly sessions: LoginSession,
    private readonly texts: BrakeTexts,
    private readonly clock: Clock,
  ) {}

  /** See `TwoFactor.requireReleased`. */
  async requireReleased(whose: Request | string, act: string): Promise<void> {
    if (!/^[a-z0-9.-]{1,60}$/.test(act)) throw new Error(`"${act}" is no name for an action.`);
    if (typeof whose === 'string') return this.brake.ask(whose, act, originWithout());
    return this.ask(whose, await this.signedIn(whose), act);
  }

  /** See `TwoFactor.requireUnfrozen`. */
  async requireUnfrozen(whose: Request | string): Promise<void> {
    if (typeof whose === 'string') return this.brake.requireUnfrozen(whose);
    await this.askChange(whose, await this.signedIn(whose));
  }

  /** A person asks for a change that is refused only while the account is frozen. */
  async askChange(request: Request, account: Account): Promise<void> {
    await this.brake.requireUnfrozen(account.id).catch((error: unknown) => this.refuse(request, error));
  }

  /** A person asks for a dangerous action: refused during the brake, and the owner is told. */
  async ask(request: Request, account: Account, act: string): Promise<void> {
    await this.brake
      .ask(account.id, act, originOf(request, account))
      .catch((error: unknown) => this.refuse(request, error));
  }

  /** A person asks to replace a factor. */
  async askReplacing(request: Request, account: Account): Promise<void> {
    try {
      await this.brake.requireReplaceable(account.id);
    } catch (error) {
      await this.ask(request, account, 'factor.replace');
      throw error;
    }
  }

  /** See `TwoFactor.brake`. */
  status(accountId: string): Promise<BrakeStatus | null> {
    return this.brake.status(accountId);
  }

  /** See `TwoFactor.emailChanged`. */
  emailChanged(accountId: string, at = this.clock.now()): Promise<void> {
    return this.brake.startPast(accountId, 'email-change', at, originWithout());
  }

  private async signedIn(request: Request): Promise<Account> {
    const session = await this.sessions.current(request);
    if (session) return session.account;
    throw new Problem('NOT_SIGNED_IN', 'Sign in first.');
  }

  private refuse(request: Request, error: unknown): never {
    throw error instanceof Problem ? this.texts.localized(request, error) : error;
  }
}

function originWithout(): Origin {
  return { actor: HOST, ip: null, userAgent: null, requestId: null };
}
