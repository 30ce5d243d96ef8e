import { Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Accepted } from '../../core/verification/acceptance.js';
import { Challenge, type Given } from '../../core/login/challenge.js';
import type { Held } from '../../core/login/held-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Addresses } from '../response/addresses.js';
import { ChallengePage } from './challenge.page.js';
import { Detour } from '../response/detour.js';
import { rememberDevice } from './device-cookie.js';
import { Form } from '../forms/form.decorator.js';
import { ChallengeForm, proofOf } from '../forms/forms.js';
import { ChallengeGuard } from '../guards/held.guard.js';
import { HeldGuest } from '../request/guests.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { Wording, type NotPassed } from './wording.js';

/** The challenge after the password. There is no session yet. */
@Room('login', 'held', ChallengeGuard)
export class ChallengeController {
  constructor(
    private readonly challenge: Challenge,
    private readonly page: ChallengePage,
    private readonly sessions: LoginSession,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  @Get('challenge')
  ask(@HeldGuest() held: Held, @Query('kind') kind: unknown): Promise<Reply> {
    return this.page.of(held, typeof kind === 'string' ? kind : undefined);
  }

  @Post('challenge')
  async answer(
    @Req() request: Request,
    @HeldGuest() held: Held,
    @Form(ChallengeForm) form: ChallengeForm,
  ): Promise<Reply> {
    const asked = this.page.kindOf(held, form.kind);
    const given = { asked, proof: proofOf(form), trust: isYes(form.trustDevice) };
    const answer = await this.challenge.answer(held, given, originOf(request, held.account));
    if (answer.status === 'passed') {
      if (answer.device) rememberDevice(request, answer.device);
      return this.goOn(request, answer);
    }
    if (answer.status === 'void') throw await this.ended(request);
    return this.again(request, held, given, answer);
  }

  /** For people without any of these factors: the provider's help line. */
  @Get('recovery')
  recovery(): Reply {
    const model = { challenge: this.addresses.challenge(), cancel: this.addresses.cancel() };
    return { page: { view: 'recovery/help', model }, json: {} };
  }

  private async goOn(request: Request, { kind, left }: Accepted): Promise<Reply> {
    const { status, to } = await this.sessions.complete(request, 'proved');
    if (!left || status === 'held') return { to, json: { status } };
    return {
      to: this.addresses.setUp(false, kind, '', { returnTo: to }),
      json: { status, [left.field]: left.left },
    };
  }

  private async ended(request: Request): Promise<Detour> {
    const { to } = await this.sessions.complete(request, 'abandoned');
    return new Detour('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.', this.addresses.ended(to));
  }

  private async again(
    request: Request,
    held: Held,
    { asked, trust }: Given,
    answer: NotPassed,
  ): Promise<Reply> {
    const problem = this.wording.ofAnswer(request, asked, answer);
    if (answer.status !== 'refused' || !answer.spent) return this.page.of(held, asked, { problem, trust });
    const { to } = await this.sessions.complete(request, 'abandoned');
    const model = { error: problem.message, login: to };
    return { page: { view: 'challenge/spent', model }, json: problem };
  }
}

function isYes(given: string | boolean | undefined): boolean {
  return given === 'on' || String(given) === 'true';
}
