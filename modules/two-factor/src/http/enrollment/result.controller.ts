import { Get, Param, Query } from '@nestjs/common';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { EnrollmentResults } from '../../core/enrollment/enrollment-results.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';
import { CodesPage } from './codes.page.js';

/** The result of a set-up without its codes, for the session that made it. */
@GuardedController('account/security/two-factor/:kind/done', 'signed-in', SignedInGuard)
export class ResultController {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly results: EnrollmentResults,
    private readonly page: CodesPage,
    private readonly routes: Routes,
  ) {}

  /** Later, the Security page shows the factor. */
  @Get()
  async show(
    @CurrentSubject() { session, accountState }: StepUpContext,
    @Param('kind') kind: string,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    const owner = { accountId: session.account.id, key: session.key };
    const found = this.registry.primary(kind) ? await this.results.find(owner, kind) : null;
    const hasCodes = accountState.factors.some((factor) => this.registry.recovery(factor.kind));
    if (found) return this.page.done(found, hasCodes && !found.madeCodes, textOf(returnTo));
    throw new RedirectProblem('NOT_FOUND', 'This result is no longer shown.', this.routes.security());
  }
}
