import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRemoval } from '../../core/enrollment/factor-removal.js';
import { FactorRenaming } from '../../core/enrollment/factor-renaming.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { Form } from '../forms/form.decorator.js';
import { RenameForm } from '../forms/forms.js';
import { ForAct, FreshGuard, NoStepUp } from '../confirm/fresh.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import { ownerOf } from './owner-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';

/** Changes of one factor. */
@GuardedController('account/security/two-factor/factors/:id', 'signed-in', SignedInGuard, FreshGuard)
export class FactorsController {
  constructor(
    private readonly factorRemoval: FactorRemoval,
    private readonly factorRenaming: FactorRenaming,
    private readonly routes: Routes,
  ) {}

  @NoStepUp()
  @Post('rename')
  async rename(
    @Req() request: Request,
    @CurrentSubject() { session, accountState }: StepUpContext,
    @Param('id') id: string,
    @Form(RenameForm) form: RenameForm,
  ): Promise<Reply> {
    const { account } = session;
    const factor = accountState.factors.find((each) => each.id === id);
    const origin = originOf(request, account);
    const renamed = await this.factorRenaming.rename(account.id, factor, form.label.trim(), origin);
    return { to: this.routes.security('renamed'), json: { factor: renamed } };
  }

  @ForAct('factor.remove')
  @NoFields()
  @Post('remove')
  async remove(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('id') id: string,
  ): Promise<Reply> {
    await this.factorRemoval.remove(ownerOf(who), id, originOf(request, who.session.account));
    const enabled = who.accountState.set.primaryCount > 1;
    return { to: this.routes.security(enabled ? 'removed' : 'disabled'), json: { enabled } };
  }
}
