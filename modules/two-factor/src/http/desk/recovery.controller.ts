import { Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { PendingLogins } from '../../core/login/pending-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { RecoverySelfService } from '../../core/recovery-desk/recovery-self-service.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { ChallengeGuard } from '../guards/pending-login.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { RecoveryCasePages } from './recovery-case.pages.js';

/**
 * "I can't use any of these", after the right password: the provider's contact, and the recovery desk where there is one. Who
 * does not know the password learns nothing about a case.
 */
@GuardedController('login/recovery', 'pending', ChallengeGuard)
export class RecoveryController {
  constructor(
    private readonly recovery: RecoverySelfService,
    private readonly page: RecoveryCasePages,
    private readonly pendingLogins: PendingLogins,
    private readonly sessions: LoginSession,
  ) {}

  @Get()
  async show(@Req() request: Request, @CurrentPendingLogin() pending: ActivePendingLogin): Promise<Reply> {
    return this.page.outlook(request, await this.recovery.outlook(pending));
  }

  /** Opens a case; the same button takes the last step, after which the person signs in again to set up. */
  @NoFields()
  @Post()
  async request(@Req() request: Request, @CurrentPendingLogin() pending: ActivePendingLogin): Promise<Reply> {
    const step = await this.recovery.request(pending, originOf(request, null));
    if (step.status === 'shown') return this.page.asked(request, step);
    await this.pendingLogins.discard(pending);
    return { to: await this.sessions.abandon(request), json: { status: 'completed' } };
  }
}
