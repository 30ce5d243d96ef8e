import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { RecoveryCodes } from '../../core/enrollment/codes/recovery-codes.js';
import { codesOwnerOf } from '../enrollment/codes-owner-of.js';
import { signedInOf } from '../request/request-context.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { prefersJson } from '../response/responder.js';
import { Routes } from '../response/routes.js';
import { textOf } from '../request/text-of.js';

/**
 * Leads a second "Make new codes" to the codes that this session has not saved yet. It changes nothing, so it comes
 * before the step-up, which the first one may have ended. Programs get a new set each time.
 */
@Injectable()
export class UnsavedCodesGuard implements CanActivate {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly routes: Routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const kind = textOf(request.params['kind']);
    const known = kind === undefined ? undefined : this.registry.recovery(kind);
    if (!known || kind === undefined || prefersJson(request)) return true;
    if (!(await this.recoveryCodes.isUnsaved(codesOwnerOf(signedInOf(request)), known))) return true;
    throw new RedirectProblem('CONFLICT', 'The new codes are not saved yet.', this.routes.codes(kind));
  }
}
