import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Deliveries } from '../../core/challenges/deliveries.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { ChallengePage, sendingJson } from '../challenge/challenge.page.js';
import { ConfirmPage, posedAt } from './confirm.page.js';
import { Form } from '../forms/form.decorator.js';
import { OnwardResendForm } from '../forms/forms.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../request/guests.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { Wording } from '../challenge/wording.js';

/** Having a code sent, the first or another one, to confirm with. */
@Room('account/confirm/resend', 'signed-in', SignedInGuard)
export class ConfirmResendController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly challenge: ChallengePage,
    private readonly page: ConfirmPage,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  @Post()
  async send(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Form(OnwardResendForm) { kind: wanted, returnTo }: OnwardResendForm,
  ): Promise<Reply> {
    const posed = posedAt(who);
    const kind = this.challenge.sentKindOf(posed, wanted);
    const sent = await this.deliveries.send(kind, posed, originOf(request, posed.account));
    if (sent.status === 'later')
      return this.page.of(who, returnTo, kind, { late: this.wording.ofSending(request, sent) });
    const sending = await this.challenge.sending(kind, posed);
    return {
      to: this.addresses.confirm(returnTo, kind),
      json: { status: sent.status, ...sendingJson(sending) },
    };
  }
}
