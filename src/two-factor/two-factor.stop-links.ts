import { Injectable } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { StopLinkMaker, StoppableMail } from '../portal/modules/stop-link-maker.js';

/** The links “This wasn’t me” of the portal’s own mails, made by two-factor. */
@Injectable()
export class TwoFactorStopLinks implements StopLinkMaker {
  constructor(private readonly twoFactor: TwoFactor) {}

  link(mail: StoppableMail): Promise<string | null> {
    return this.twoFactor.stopLink(mail);
  }
}
