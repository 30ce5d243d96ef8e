import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { readNothing } from '../../portal/forms/form.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { redirect } from '../../portal/http/redirect.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { tokenPrincipal } from '../bearer/bearer-request.js';
import { TokenScope } from '../bearer/token-scope.decorator.js';
import type { Approval } from './approval.js';
import { ApprovalJson } from './approval.json.js';
import { TokenApprovalPage } from './token-approval.page.js';
import { TokenApprovalTitle } from './token-approval-title.js';
import { TokenApprovals } from './token-approvals.js';

/** An act that a token asked for: its owner decides, and the token asks for the decision. */
@Controller('approvals')
@SignedIn()
export class TokenApprovalsController {
  constructor(
    private readonly approvals: TokenApprovals,
    private readonly page: TokenApprovalPage,
    private readonly pages: Pages,
    private readonly json: ApprovalJson,
  ) {}

  /** A token sees only its own approvals, an owner all of the account. */
  @Get(':id')
  @TokenScope('any')
  async show(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const approval = await this.find(request, id);
    await this.pages.answer(request, response, {
      ...(await this.page.view(request, approval)),
      json: { approval: this.json.of(approval) },
    });
  }

  @Post(':id')
  @HttpCode(200)
  @Fresh(10, { act: 'approval.grant', title: 'act.approval', values: TokenApprovalTitle })
  async grant(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    readNothing(request.body);
    const approval = await this.find(request, id);
    const isGranted = await this.approvals.grant(request, currentAccount(request), id);
    if (!isGranted) throw await this.decided(request, approval);
    redirect(request, response, `/approvals/${id}`, { status: 'granted' });
  }

  /** A refusal needs no step-up: it must be the easiest thing to do. */
  @Post(':id/refuse')
  @HttpCode(200)
  async refuse(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    readNothing(request.body);
    const approval = await this.find(request, id);
    const isRefused = await this.approvals.refuse(request, currentAccount(request), id);
    if (!isRefused) throw await this.decided(request, approval);
    redirect(request, response, `/approvals/${id}`, { status: 'refused' });
  }

  private async find(request: Request, id: string): Promise<Approval> {
    const approval = await this.approvals.find(currentAccount(request).id, id);
    const token = tokenPrincipal(request);
    if (!approval || (token && token.id !== approval.tokenId))
      throw new PortalProblem('NOT_FOUND', 'There is no such approval.');
    return approval;
  }

  /** Nothing was changed: the page shows the state that the approval has now. */
  private async decided(request: Request, approval: Approval): Promise<PortalProblem> {
    const now = await this.approvals.find(currentAccount(request).id, approval.id);
    const { state } = now ?? approval;
    const message = 'This approval is decided, expired or void.';
    return new PortalProblem('CONFLICT', message, { state }, await this.page.view(request, now ?? approval));
  }
}
