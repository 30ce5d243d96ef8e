import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { ActTitles } from '../../portal/fresh/act-titles.js';
import { type Freshness, freshKey } from '../../portal/fresh/fresh.guard.js';
import { EarlyAnswer } from '../../portal/problems/early-answer.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { tokenPrincipal, type TokenPrincipal } from '../bearer/bearer-request.js';
import { ApprovalJson } from './approval.json.js';
import { ApprovalUse } from './approval-use.js';
import { markApproved } from './approved-request.js';
import { type AskedAct, askedAct } from './asked-act.js';
import { TokenApprovals } from './token-approvals.js';

/** The header in which a token names the approval of its request. The body and the address stay those that were approved. */
const approvalHeader = 'Approval-Id';

/**
 * Part of `@Fresh`, for tokens: a program cannot confirm that it is the owner. The first request asks the owner (202). The same request with the
 * header is carried out once. Requests of people pass on to the step-up.
 */
@Injectable()
export class TokenApprovalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly titles: ActTitles,
    private readonly approvals: TokenApprovals,
    private readonly use: ApprovalUse,
    private readonly json: ApprovalJson,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const principal = tokenPrincipal(request);
    if (!principal) return true;
    const places = [context.getHandler(), context.getClass()];
    const asked = await this.asked(request, this.reflector.getAllAndOverride<Freshness>(freshKey, places));
    const id = request.get(approvalHeader);
    if (id === undefined) throw await this.ask(request, principal, asked);
    await this.use.consume(principal, id, asked);
    markApproved(request, id);
    return true;
  }

  /** @throws PortalProblem NOT_FOUND when the act concerns nothing of this account: there is nothing to ask the owner. */
  private async asked(request: Request, freshness: Freshness): Promise<AskedAct> {
    const title = await this.titles.find(request, freshness);
    if (!title) throw new PortalProblem('NOT_FOUND', 'There is nothing at this address.');
    return askedAct(request, freshness.act, title);
  }

  private async ask(request: Request, principal: TokenPrincipal, asked: AskedAct): Promise<EarlyAnswer> {
    const approval = await this.approvals.request(request, principal, asked);
    return new EarlyAnswer(202, { approval: this.json.of(approval) });
  }
}
