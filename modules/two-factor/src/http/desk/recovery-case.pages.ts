import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Problem } from '../../core/common/errors.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import type { RecoveryCase } from '../../core/contracts/stores/desk/recovery-case.store.js';
import type { RecoveryRefusal } from '../../core/recovery-desk/recovery-eligibility.js';
import type { RecoveryOutlook } from '../../core/recovery-desk/recovery-self-service.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';

/** The pages about a case of the recovery desk, for its owner. They never show what agents have checked. */
@Injectable()
export class RecoveryCasePages {
  constructor(
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
    private readonly clock: Clock,
  ) {}

  /** The state after the right password: the live case, or the button that opens one. */
  outlook(request: Request, outlook: RecoveryOutlook): Reply {
    return this.shown(outlook, this.sentence(request, outlook.refusal));
  }

  /** The answer to the button. A refusal is a problem for programs too. */
  asked(request: Request, outlook: RecoveryOutlook): Reply {
    const { refusal } = outlook;
    if (!refusal) return { to: this.routes.recovery(), json: this.json(outlook) };
    const problem = this.problem(request, refusal);
    return { ...this.shown(outlook, problem.message), json: problem };
  }

  /** The page behind the link of the mail. Opening it changes nothing. */
  cancelPage(found: RecoveryCase, token: string): Reply {
    const model = { ...factsOf(found), action: this.routes.recoveryCancel(token) };
    return { page: { view: 'recovery/cancel', model }, json: caseJson(found) };
  }

  /** The link cancelled the case. */
  cancelled(): Reply {
    const model = { login: this.routes.login() };
    return { page: { view: 'recovery/cancelled', model }, json: { status: 'cancelled' } };
  }

  /** The link is unknown, was used, or its case has ended. */
  linkEnded(request: Request): Reply {
    const problem = this.problemMessages.problem(request, 'NOT_FOUND', 'recovery-cancel.ended');
    const model = { message: problem.message, login: this.routes.login() };
    return { page: { view: 'recovery/cancel-ended', model }, json: problem };
  }

  /** The case of a signed-in person. */
  own(found: RecoveryCase | null): Reply {
    const model = {
      ...(found && factsOf(found)),
      action: this.routes.recoveryCase(),
      security: this.routes.security(),
    };
    return { page: { view: 'recovery/own', model }, json: { case: found && caseJson(found) } };
  }

  private shown(outlook: RecoveryOutlook, refused: string | undefined): Extract<Reply, { page: unknown }> {
    const { case: found, isReady, refusal } = outlook;
    const model = {
      ...(found && factsOf(found)),
      ...{ challenge: this.routes.challenge(), cancel: this.routes.cancel() },
      desk: refusal?.status !== 'off',
      isReady,
      notNow: refused,
      ask: this.routes.recovery(),
    };
    return { page: { view: 'recovery/help', model }, json: this.json(outlook) };
  }

  private json({ case: found, isReady, refusal }: RecoveryOutlook) {
    if (refusal?.status === 'off') return {};
    const until = refusal ? { reason: refusal.status, until: new Date(refusal.until).toISOString() } : null;
    return { case: found && { ...caseJson(found), ready: isReady }, refused: until };
  }

  private sentence(request: Request, refusal: RecoveryRefusal | null): string | undefined {
    return refusal && refusal.status !== 'off' ? this.problem(request, refusal).message : undefined;
  }

  private problem(request: Request, refusal: RecoveryRefusal): Problem {
    if (refusal.status === 'off')
      return this.problemMessages.problem(request, 'NOT_FOUND', 'recovery-desk.off');
    const { status, until } = refusal;
    const retryAfter = Math.max(1, Math.ceil((until - this.clock.now()) / 1000));
    const hours = Math.max(1, Math.ceil(retryAfter / 3600));
    const code = status === 'changed' ? 'CONFLICT' : 'TOO_MANY_ATTEMPTS';
    const facts = {
      values: { hours, days: Math.ceil(hours / 24) },
      extra: { reason: status, until: new Date(until).toISOString(), retryAfter },
    };
    return this.problemMessages.problem(request, code, `recovery-desk.${status}`, facts);
  }
}

function factsOf({ state, openedAt, waitsUntil }: RecoveryCase) {
  return { state, isApproved: state === 'approved', openedAt, waitsUntil };
}

function caseJson({ state, openedAt, waitsUntil }: RecoveryCase) {
  return {
    state,
    openedAt: new Date(openedAt).toISOString(),
    waitsUntil: new Date(waitsUntil).toISOString(),
  };
}
