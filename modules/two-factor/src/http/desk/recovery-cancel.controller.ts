import { Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { RecoverySelfService } from '../../core/recovery-desk/recovery-self-service.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { RecoveryCasePages } from './recovery-case.pages.js';

/** The link in the mail about a case. GET changes nothing, because scanners of mail open links. */
@GuardedController('login/recovery/cancel', 'public')
export class RecoveryCancelController {
  constructor(
    private readonly recovery: RecoverySelfService,
    private readonly page: RecoveryCasePages,
  ) {}

  @Get(':token')
  async show(@Req() request: Request, @Param('token') token: string): Promise<Reply> {
    const found = await this.recovery.ofLink(token);
    return found ? this.page.cancelPage(found, token) : this.page.linkEnded(request);
  }

  @NoFields()
  @Post(':token')
  async cancel(@Req() request: Request, @Param('token') token: string): Promise<Reply> {
    const isCancelled = await this.recovery.cancelByLink(token, originOf(request, null));
    return isCancelled ? this.page.cancelled() : this.page.linkEnded(request);
  }
}
