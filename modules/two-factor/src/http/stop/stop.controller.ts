import { Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { OwnerStops } from '../../core/lock-down/owner-stops.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { StopPage } from './stop.page.js';

/**
 * The page behind the link "This wasn't me" of a mail. Opening it changes nothing, because mail scanners open links too. The button signs no one
 * in. It is open to pending logins too: the owner may have tried to sign in first, and the thief's factor stops them.
 */
@GuardedController('security/stop/:token', 'public')
export class StopController {
  constructor(
    private readonly stops: OwnerStops,
    private readonly page: StopPage,
  ) {}

  @Get()
  show(@Req() request: Request, @Param('token') token: string): Promise<Reply> {
    return this.answer(request, async () =>
      this.page.question(request, token, await this.stops.inspect(token)),
    );
  }

  @NoFields()
  @Post()
  stop(@Req() request: Request, @Param('token') token: string): Promise<Reply> {
    return this.answer(request, async () =>
      this.page.done(await this.stops.stop(token, originOf(request, null))),
    );
  }

  /** A link that does not work gets a page that says what to do. */
  private async answer(request: Request, work: () => Promise<Reply>): Promise<Reply> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.code === 'GONE') return this.page.gone(request, error);
      throw error;
    }
  }
}
