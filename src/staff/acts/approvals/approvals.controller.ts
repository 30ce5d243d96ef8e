import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../../accounts/current-account.js';
import { Staff } from '../../../auth/common/access.decorators.js';
import { Pages } from '../../../pages/pages.js';
import { readNothing } from '../../../portal/forms/form.js';
import { flashFromQuery } from '../../../portal/http/flash.js';
import { redirect } from '../../../portal/http/redirect.js';
import { PortalProblem, SeeOther } from '../../../portal/problems/problem.js';
import { StaffAction } from '../../common/own-factor.guard.js';
import { ActAnswers } from '../act-answers.js';
import { ApprovalDecisions } from './approval-decisions.js';
import { ApprovalList } from './approval-list.js';
import { ApprovalPages } from './approval-page.js';
import { Approval } from './approval.decorator.js';
import { approvalStates } from './approval.entity.js';
import { approvalJson } from './approval.json.js';

/** The confirmations that the page of a request can show. */
const flashes = ['requested', 'refused'] as const;

/** Acts that need a second staff member: all staff read the requests, and another one approves or refuses each. */
@Controller('staff/approvals')
@Staff()
export class ApprovalsController {
  constructor(
    private readonly approvals: ApprovalList,
    private readonly details: ApprovalPages,
    private readonly decisions: ApprovalDecisions,
    private readonly answers: ActAnswers,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = await this.approvals.page(currentAccount(request), query);
    await this.pages.answer(request, response, {
      view: 'staff/approvals',
      model: { ...page, states: approvalStates },
      json: { approvals: page.approvals.map(approvalJson), next: page.next },
    });
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const details = await this.details.details(request, id);
    const done = flashFromQuery(request, flashes);
    await this.pages.answer(request, response, {
      view: 'staff/approval',
      model: { ...details, done },
      json: { approval: approvalJson(details.approval) },
    });
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Approval()
  async approve(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    readNothing(request.body);
    await this.answers.done(request, response, await this.decisions.approve(request, id));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @StaffAction()
  async refuse(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    readNothing(request.body);
    await this.decisions.refuse(request, id);
    redirect(request, response, `/staff/approvals/${id}?done=refused`, { status: 'refused', id });
  }

  /** A reload or a restored tab opens the address of a button. */
  @Get([':id/approve', ':id/refuse'])
  button(@Param('id') id: string): never {
    const problem = new PortalProblem('NOT_FOUND', 'This address only takes what a form sends.');
    throw new SeeOther(`/staff/approvals/${encodeURIComponent(id)}`, problem);
  }
}
