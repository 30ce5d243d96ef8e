import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '../../pages/pages.js';
import { redirect } from '../../portal/http/redirect.js';
import type { ActDone, ActOrder } from './act-order.js';
import type { ActOutcome } from './staff-acts.js';

/** Answers the form of an act: with a page for people, and JSON for programs. */
@Injectable()
export class ActAnswers {
  constructor(private readonly pages: Pages) {}

  /** The act is done, or its request waits (202). */
  async send(request: Request, response: Response, outcome: ActOutcome): Promise<void> {
    if (outcome.status === 'done') return this.done(request, response, outcome);
    const { order, approval } = outcome;
    const { id } = approval;
    const expiresAt = new Date(approval.expiresAt).toISOString();
    response.status(202);
    const json = { status: outcome.status, act: order.act, approval: { id, expiresAt } };
    redirect(request, response, `/staff/approvals/${id}?done=requested`, json);
  }

  /** The act is done: its own page once, or the way back to the client's page, which says what was done. */
  async done(
    request: Request,
    response: Response,
    { order, done }: { readonly order: ActOrder; readonly done: ActDone },
  ): Promise<void> {
    const { act, client } = order;
    const json = { ...done.json, status: 'done', act };
    const { to = `/staff/clients/${client.id}?done=${act}` } = done;
    if (!done.page) return redirect(request, response, to, json);
    const { view, model } = done.page;
    await this.pages.answer(request, response, { view, model: { ...model, client }, json });
  }
}
