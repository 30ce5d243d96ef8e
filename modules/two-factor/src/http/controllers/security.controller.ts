import { Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Confirmer } from '../../core/step-ups.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../guests.js';
import type { Reply } from '../reply.js';
import { Room } from '../room.decorator.js';
import { SecurityPage } from '../security.page.js';
import { textOf } from '../text-of.js';

/** The Security page: reading it needs no step-up. */
@Room('account/security', 'signed-in', SignedInGuard)
export class SecurityController {
  constructor(private readonly page: SecurityPage) {}

  @Get()
  show(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Query('done') done: unknown,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    return this.page.of(request, who, { done: textOf(done), returnTo: textOf(returnTo) });
  }
}
