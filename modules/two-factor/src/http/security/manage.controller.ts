import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { FactorRemoval } from '../../core/enrollment/factor-removal.js';
import { RecoveryCodes } from '../../core/enrollment/codes/recovery-codes.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { codesOwnerOf } from '../enrollment/codes-owner-of.js';
import { ForAct, FreshGuard } from '../confirm/fresh.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import { ownerOf } from './owner-of.js';
import type { Reply } from '../response/reply.js';
import { prefersJson } from '../response/responder.js';
import { UnsavedCodesGuard } from './unsaved-codes.guard.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';

/** Changes of the whole set. */
@GuardedController('account/security/two-factor', 'signed-in', SignedInGuard, UnsavedCodesGuard, FreshGuard)
export class ManageController {
  constructor(
    private readonly factorRemoval: FactorRemoval,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly registry: FactorRegistry,
    private readonly routes: Routes,
  ) {}

  @ForAct('two-factor.disable')
  @NoFields()
  @Post('disable')
  async disable(@Req() request: Request, @CurrentSubject() who: StepUpContext): Promise<Reply> {
    await this.factorRemoval.disable(ownerOf(who), originOf(request, who.session.account));
    return { to: this.routes.security('disabled'), json: { enabled: false } };
  }

  /**
   * A new set of a recovery kind. Programs get it at once, and the old one is void. People are redirected to the page
   * that shows it, and the old one is void from then on.
   */
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
    const to = this.routes.codes(kind);
    if (prefersJson(request)) {
      const origin = originOf(request, who.session.account);
      return { to, json: (await this.recoveryCodes.regenerate(ownerOf(who), known, origin)).json };
    }
    await this.recoveryCodes.prepare(codesOwnerOf(who), known);
    return { to, json: {} };
  }
}
