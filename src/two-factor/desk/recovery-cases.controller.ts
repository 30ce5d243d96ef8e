import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { keptText, type FormPage, readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { Pages } from '../../pages/pages.js';
import { ActAnswers } from '../../staff/acts/act-answers.js';
import { ClientAct } from '../../staff/acts/client-act.decorator.js';
import { StaffActs } from '../../staff/acts/staff-acts.js';
import { CaseClient, CaseName } from './case-client.js';
import { RecoveryAct } from './recovery.act.js';
import { RecoveryCasePage } from './recovery-case.page.js';
import { RecoveryForm } from './recovery.form.js';

/** The recovery desk for staff: the cases, and the page of each. */
@Controller('staff/recovery')
@Staff()
export class RecoveryCasesController {
  constructor(
    private readonly page: RecoveryCasePage,
    private readonly act: RecoveryAct,
    private readonly acts: StaffActs,
    private readonly answers: ActAnswers,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { model, json } = await this.page.list(request.query['state'] === 'ended');
    await this.pages.answer(request, response, { view: 'staff/recovery-cases', model, json });
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { model, json } = await this.page.details(request, id);
    await this.pages.answer(request, response, { view: 'staff/recovery-case', model, json });
  }

  @Post(':id')
  @HttpCode(200)
  @ClientAct({
    act: 'two-factor.recovery',
    title: 'staff-acts.title.recovery',
    values: CaseName,
    client: CaseClient,
    page: '/staff/recovery/:id',
  })
  async work(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { model, accountId } = await this.page.details(request, id);
    const page = again(model);
    const form = readForm(RecoveryForm, request.body, page);
    const outcome = await this.acts.perform(request, this.act, { clientId: accountId, form, page });
    if (outcome.status !== 'done') return this.answers.send(request, response, outcome);
    const { json } = await this.page.details(request, id);
    redirect(request, response, `/staff/recovery/${id}?done=${form.step}`, { ...json, status: 'done' });
  }
}

/** The page again after a mistake; what was typed stays. */
function again(model: Readonly<Record<string, unknown>>): FormPage {
  return (errors, body) => ({
    view: 'staff/recovery-case',
    model: {
      ...model,
      errors,
      reason: keptText(body['reason'], 500),
      ticket: keptText(body['ticket'], 64),
    },
  });
}
