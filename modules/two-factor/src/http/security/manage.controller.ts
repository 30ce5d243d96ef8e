import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { FactorRemoval } from '../../core/enrollment/factor-removal.js';
import { RecoveryCodes } from '../../core/enrollment/recovery-codes.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { CodesPage } from '../enrollment/codes.page.js';
import { ForAct, FreshGuard } from '../confirm/fresh.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import { ownerOf } from './owner-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';

/** Changes of the whole set. */
@GuardedController('account/security/two-factor', 'signed-in', SignedInGuard, FreshGuard)
export class ManageController {
  constructor(
    private readonly factorRemoval: FactorRemoval,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly registry: FactorRegistry,
    private readonly codes: CodesPage,
    private readonly routes: Routes,
  ) {}

  @ForAct('two-factor.disable')
  @NoFields()
  @Post('disable')
  async disable(@Req() request: Request, @CurrentSubject() who: StepUpContext): Promise<Reply> {
    await this.factorRemoval.disable(ownerOf(who), originOf(request, who.session.account));
    return { to: this.routes.security('disabled'), json: { enabled: false } };
  }

  /** A new set of a recovery kind; the old one is void. */
  @ForAct('codes.renew')
  @NoFields()
  @Post(':kind')
  async renew(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
  ): Promise<Reply> {
    const known = this.registry.recovery(kind);
    if (!known) throw new Problem('NOT_FOUND', 'There is no such set of codes.');
    const { account } = who.session;
    const issue = await this.recoveryCodes.regenerate(ownerOf(who), known, originOf(request, account));
    return this.codes.renewed(request, account, issue, this.routes.security());
  }
}
