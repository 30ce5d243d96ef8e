import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { PendingLogins, type ActivePendingLogin } from '../../core/login/pending-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { AnyPendingLoginGuard } from '../guards/pending-login.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';

/** Starting over: cancels the pending login, in every state. */
@GuardedController('login', 'pending', AnyPendingLoginGuard)
export class CancelController {
  constructor(
    private readonly pendingLogins: PendingLogins,
    private readonly sessions: LoginSession,
  ) {}

  @NoFields()
  @Post('cancel')
  async cancel(@Req() request: Request, @CurrentPendingLogin() pending: ActivePendingLogin): Promise<Reply> {
    await this.pendingLogins.discard(pending);
    const to = await this.sessions.abandon(request);
    return { to, json: { status: 'cancelled' } };
  }
}
