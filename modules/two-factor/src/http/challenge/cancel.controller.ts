import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { HeldLogins, type Held } from '../../core/login/held-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { AnyHeldGuard } from '../guards/held.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { HeldGuest } from '../request/guests.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';

/** Starting over: cancels the pending login, in every state. */
@Room('login', 'held', AnyHeldGuard)
export class CancelController {
  constructor(
    private readonly heldLogins: HeldLogins,
    private readonly sessions: LoginSession,
  ) {}

  @NoFields()
  @Post('cancel')
  async cancel(@Req() request: Request, @HeldGuest() held: Held): Promise<Reply> {
    await this.heldLogins.drop(held);
    const { to } = await this.sessions.complete(request, 'abandoned');
    return { to, json: { status: 'cancelled' } };
  }
}
