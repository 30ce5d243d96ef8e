import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Deliveries } from '../../core/challenges/deliveries.js';
import type { Held } from '../../core/login/held-logins.js';
import { Addresses } from '../response/addresses.js';
import { ChallengePage, posedTo, sendingJson } from './challenge.page.js';
import { Form } from '../forms/form.decorator.js';
import { ResendForm } from '../forms/forms.js';
import { ChallengeGuard } from '../guards/held.guard.js';
import { HeldGuest } from '../request/guests.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { Wording } from './wording.js';

/** Having a code sent, the first or another one, to answer a held login with. */
@Room('login/challenge/resend', 'held', ChallengeGuard)
export class ResendController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly page: ChallengePage,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  @Post()
  async send(
    @Req() request: Request,
    @HeldGuest() held: Held,
    @Form(ResendForm) form: ResendForm,
  ): Promise<Reply> {
    const kind = this.page.sentKindOf(held, form.kind);
    const posed = posedTo(held);
    const sent = await this.deliveries.send(kind, posed, originOf(request, held.account));
    if (sent.status === 'later')
      return this.page.of(held, kind, { late: this.wording.ofSending(request, sent) });
    const sending = await this.page.sending(kind, posed);
    return {
      to: this.addresses.challenge(kind),
      json: { status: sent.status, ...sendingJson(sending) },
    };
  }
}
