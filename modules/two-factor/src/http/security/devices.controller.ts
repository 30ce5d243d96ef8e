import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { TrustedDevices } from '../../core/devices/trusted-devices.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';

/** Forgetting trusted browsers. It only makes an account safer, so it needs no step-up. */
@GuardedController('account/security/devices/:id', 'signed-in', SignedInGuard)
export class DevicesController {
  constructor(
    private readonly devices: TrustedDevices,
    private readonly routes: Routes,
  ) {}

  /** `all`: every browser. Another account's browser gets the same answer as an unknown one. */
  @NoFields()
  @Post('forget')
  async forget(
    @Req() request: Request,
    @CurrentSubject() { session, accountState }: StepUpContext,
    @Param('id') id: string,
  ): Promise<Reply> {
    const { account } = session;
    const origin = originOf(request, account);
    if (id === 'all') await this.devices.forgetAll(account.id, origin);
    else await this.devices.forget({ account, accountState }, id, origin);
    return { to: this.routes.security('forgotten'), json: { status: 'forgotten' } };
  }
}
