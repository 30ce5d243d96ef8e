import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry, type RecoveryKind } from '../../core/accounts/factor-registry.js';
import { Problem } from '../../core/common/errors.js';
import { RecoveryCodes } from '../../core/enrollment/codes/recovery-codes.js';
import { UnsavedCodes } from '../../core/enrollment/codes/unsaved-codes.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Form } from '../forms/form.decorator.js';
import { SavedForm } from '../forms/forms.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { originOf } from '../request/origin-of.js';
import { CurrentSubject } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';
import { CodesPage } from './codes.page.js';
import { codesOwnerOf } from './codes-owner-of.js';

/** The pages after a set-up or "Make new codes". They show only what this session made, so they need no step-up. */
@GuardedController('account/security/two-factor/:kind', 'signed-in', SignedInGuard)
export class CodesController {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly unsaved: UnsavedCodes,
    private readonly page: CodesPage,
    private readonly routes: Routes,
  ) {}

  /** The codes until they are saved. The first answer makes a new set valid; HEAD shows nothing, so it changes nothing. */
  @Get('new')
  async show(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    const { account } = who.session;
    const known = this.kindOf(kind);
    const codes =
      request.method === 'HEAD'
        ? await this.unsaved.find(codesOwnerOf(who), kind)
        : await this.recoveryCodes.show(codesOwnerOf(who), known, originOf(request, account));
    if (!codes) return this.page.ended(request, kind, textOf(returnTo));
    return this.page.shown(request, account, codes, textOf(returnTo));
  }

  /** Twice is the same as once. A newer set stays unsaved, and is shown if this session sees it. Codes of another kind that are not saved come next. */
  @Post('saved')
  async save(
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @Form(SavedForm) { set, returnTo }: SavedForm,
  ): Promise<Reply> {
    const known = this.kindOf(kind);
    const owner = codesOwnerOf(who);
    const json = { status: 'saved' };
    if (!(await this.unsaved.save(owner, kind, set))) {
      const isShown = await this.recoveryCodes.isUnsaved(owner, known);
      return { to: isShown ? this.routes.codes(kind, returnTo) : this.routes.security(), json };
    }
    const [next] = await this.unsaved.ofSession(owner.account.id, owner.key);
    return { to: next ? this.routes.codes(next.kind, returnTo) : this.routes.onward(returnTo), json };
  }

  private kindOf(kind: string): RecoveryKind {
    const known = this.registry.recovery(kind);
    if (known) return known;
    throw new Problem('NOT_FOUND', 'There is no such set of codes.');
  }
}
