import { Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../request/guests.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { SecurityPage } from './security.page.js';
import { textOf } from '../request/text-of.js';

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
