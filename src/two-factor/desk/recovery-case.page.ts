import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { Accounts } from '../../accounts/accounts.service.js';
import { currentAccount } from '../../accounts/current-account.js';
import { Clock } from '../../clock.js';
import type { ViewModel } from '../../pages/views/view-engine.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { StaffActions } from '../../staff/common/staff-actions.js';
import { recoverySteps } from './recovery.form.js';

type CaseView = NonNullable<Awaited<ReturnType<TwoFactor['recovery']['find']>>>;

/** A page as its model, and the same data for programs. */
interface ShownCase {
  readonly model: ViewModel;
  readonly json: ViewModel;
}

/** The pages of the recovery desk for staff, as models and as JSON. */
@Injectable()
export class RecoveryCasePage {
  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly accounts: Accounts,
    private readonly own: StaffActions,
    private readonly clock: Clock,
  ) {}

  async list(ended: boolean): Promise<ShownCase> {
    const cases = await this.twoFactor.recovery.list({ ended });
    const emails = await this.accounts.emailsOf(cases.map(({ accountId }) => accountId));
    const shown = cases.map((each) => ({
      ...each,
      ...this.facts(each),
      email: emails.get(each.accountId) ?? '',
    }));
    return { model: { cases: shown, ended }, json: { cases: cases.map(caseJson) } };
  }

  /** @throws PortalProblem NOT_FOUND when there is no such case. */
  async details(request: Request, id: string): Promise<ShownCase & { readonly accountId: string }> {
    const found = await this.twoFactor.recovery.find({ id });
    if (!found) throw new PortalProblem('NOT_FOUND', 'There is no such case.');
    const client = await this.accounts.byId(found.accountId);
    const agent = currentAccount(request);
    const hasApproved = found.approvals.some((each) => each.agent.id === agent.id);
    const model = {
      ...{ case: found, client, done: flashFromQuery(request, recoverySteps) },
      ...this.facts(found),
      ...{ isOpen: found.state === 'open', hasApproved, isOwn: agent.id === found.accountId },
      setUpFirst: await this.own.lacksFactor(request),
    };
    return { model, json: { case: caseJson(found) }, accountId: found.accountId };
  }

  private facts({ state, waitsUntil, checklist }: CaseView) {
    const isLive = state === 'open' || state === 'approved';
    const ticked = checklist.filter(({ agent }) => agent).length;
    return { isLive, isWaiting: isLive && waitsUntil > this.clock.now(), ticked, of: checklist.length };
  }
}

function caseJson(found: CaseView) {
  const { id, accountId, state, checklist, approvals, agents, reason } = found;
  return {
    ...{ id, accountId, state, agents, reason },
    openedAt: iso(found.openedAt),
    waitsUntil: iso(found.waitsUntil),
    endsAt: iso(found.endsAt),
    checklist: checklist.map(({ check, agent, at }) => ({
      check,
      agent,
      at: at === undefined ? undefined : iso(at),
    })),
    approvals: approvals.map(({ agent, at }) => ({ agent, at: iso(at) })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
