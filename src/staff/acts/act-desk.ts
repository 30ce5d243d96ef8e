import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Account } from '../../accounts/account.js';
import { currentAccount } from '../../accounts/current-account.js';
import { Pages } from '../../pages/pages.js';
import { type FormPage, keptText, readForm } from '../../portal/forms/form.js';
import { StaffActions } from '../common/staff-actions.js';
import { ActAnswers } from './act-answers.js';
import { ActChecks, isPeerOrAbove } from './act-checks.js';
import { ActForm } from './act.form.js';
import type { ActButton, StaffAct } from './staff-act.js';
import { StaffActs } from './staff-acts.js';

/** The form of an act, on its own page and on the client's page. */
export interface ShownAct {
  /** The name of the act; its text is `staff-acts.act.<name>`. */
  readonly name: string;
  /** The address that the form is sent to. */
  readonly action: string;
  readonly buttons: readonly ActButton[];
}

/** The pages and forms of acts, for their controllers. */
@Injectable()
export class StaffActDesk {
  constructor(
    private readonly checks: ActChecks,
    private readonly acts: StaffActs,
    private readonly own: StaffActions,
    private readonly answers: ActAnswers,
    private readonly pages: Pages,
  ) {}

  /**
   * The act's own page: what will happen, and the form. It is where an unfinished form is found again.
   * @throws ActRefused NOT_FOUND `no-client`; FORBIDDEN `role` and `own-account`.
   */
  async form(request: Request, response: Response, act: StaffAct): Promise<void> {
    const model = await this.model(request, act, String(request.params['id']));
    const { client, secondAgent } = model;
    const json = {
      act: act.name,
      client: { id: client.id, name: client.name, email: client.email },
      secondAgent,
    };
    await this.pages.answer(request, response, { view: 'staff/act', model, json });
  }

  /**
   * Takes the form of an act, and answers. Its route has `@ClientAct`.
   * @throws what `StaffActs.perform` throws; PortalProblem INVALID_INPUT, with the form again.
   */
  async take(
    request: Request,
    response: Response,
    act: StaffAct,
    clientId = String(request.params['id']),
  ): Promise<void> {
    const page = again(await this.model(request, act, clientId));
    const form = readForm(act.form ?? ActForm, request.body, page);
    const outcome = await this.acts.perform(request, act, { clientId, form, page });
    await this.answers.send(request, response, outcome);
  }

  private async model(request: Request, act: StaffAct, clientId: string) {
    const agent = currentAccount(request);
    const client = await this.checks.client(agent, act, clientId);
    return {
      client,
      act: await shownAct(act, client),
      secondAgent: isPeerOrAbove({ agent, client }),
      setUpFirst: await this.own.lacksFactor(request),
    };
  }
}

/** The form of an act for this client. */
export async function shownAct(act: StaffAct, client: Account): Promise<ShownAct> {
  const { name, path } = act;
  return { name, action: `/staff/clients/${client.id}/${path ?? ''}`, buttons: await act.buttons(client) };
}

/** The page with the form again; it keeps the typed text. */
function again(model: Readonly<Record<string, unknown>>): FormPage {
  return (errors, body) => ({
    view: 'staff/act',
    model: {
      ...model,
      errors,
      reason: keptText(body['reason'], 500),
      ticket: keptText(body['ticket'], 64),
    },
  });
}
