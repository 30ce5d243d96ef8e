import { Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { RecoverySelfService } from '../../core/recovery-desk/recovery-self-service.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { originOf } from '../request/origin-of.js';
import { CurrentSubject } from '../request/request-context.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';
import { caseOwnerOf } from './case-owner-of.js';
import { RecoveryCasePages } from './recovery-case.pages.js';

/** A signed-in person's own case: they see it, and end it without a step-up, because ending it is always safe. */
@GuardedController('account/recovery', 'signed-in', SignedInGuard)
export class OwnCaseController {
  constructor(
    private readonly recovery: RecoverySelfService,
    private readonly page: RecoveryCasePages,
    private readonly routes: Routes,
  ) {}

  @Get()
  async show(@CurrentSubject() who: StepUpContext): Promise<Reply> {
    return this.page.own((await this.recovery.outlook(caseOwnerOf(who))).case);
  }

  @NoFields()
  @Post()
  async cancel(@Req() request: Request, @CurrentSubject() who: StepUpContext): Promise<Reply> {
    const cancelled = await this.recovery.cancel(caseOwnerOf(who), originOf(request, who.session.account));
    return { to: this.routes.recoveryCase(), json: { status: cancelled ? 'cancelled' : 'none' } };
  }
}
