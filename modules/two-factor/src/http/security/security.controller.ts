import { Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Brake } from '../../core/brake/brake.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { BrakeTexts } from '../response/brake-texts.js';
import { AfterSetUp } from '../response/after-set-up.js';
import { codesOwnerOf } from '../enrollment/codes-owner-of.js';
import { DeskCards } from '../desk/desk-cards.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SecurityPage } from './security.page.js';
import { textOf } from '../request/text-of.js';

/** The Security page: reading it needs no step-up. */
@GuardedController('account/security', 'signed-in', SignedInGuard)
export class SecurityController {
  constructor(
    private readonly page: SecurityPage,
    private readonly afterSetUp: AfterSetUp,
    private readonly brake: Brake,
    private readonly brakeTexts: BrakeTexts,
    private readonly deskCards: DeskCards,
  ) {}

  @Get()
  async show(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Query('done') done: unknown,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    const unsaved = await this.afterSetUp.unsaved(codesOwnerOf(who));
    const { brake: running, frozen } = await this.brake.read(who.session.account.id);
    const brake = running && this.brakeTexts.shown(request, running);
    const desk = await this.deskCards.of(who);
    const query = { done: textOf(done), returnTo: textOf(returnTo), unsaved, brake, frozen, desk };
    return this.page.render(request, who, query);
  }
}
