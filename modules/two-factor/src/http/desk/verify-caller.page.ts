import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CallerChecks, SIGNED_IN_ONLY, type CallerResult } from '../../core/caller-check/caller-checks.js';
import type { Problem } from '../../core/common/errors.js';
import type { CallerCheck } from '../../core/contracts/stores/desk/caller-check.store.js';
import { SessionProof } from '../../core/step-up/session-proof.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { ChallengePage } from '../challenge/challenge.page.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { posedAt } from '../confirm/confirm.page.js';
import type { Page, Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';

/** What the address of the page names: the kind to ask for, and the answer that was just given. */
interface CallerQuery {
  readonly asked: string | undefined;
  readonly done: string | undefined;
}

/** The customer's page of a caller check: one agent and their words at a time, the newest first. */
@Injectable()
export class VerifyCallerPage {
  constructor(
    private readonly callerChecks: CallerChecks,
    private readonly sessionProof: SessionProof,
    private readonly challenge: ChallengePage,
    private readonly problemMessages: ProblemMessages,
    private readonly routes: Routes,
  ) {}

  async render(who: StepUpContext, { asked, done }: CallerQuery): Promise<Reply> {
    const open = await this.callerChecks.open(who.session.account.id);
    const page = async () => (await this.done(who, done)) ?? this.shown(who, open, { asked });
    const kinds = this.challenge.kinds(posedAt(this.provable(who)));
    return { page, json: { checks: open.map(checkJson), kinds: open.length > 0 ? kinds : [] } };
  }

  kindOf(who: StepUpContext, asked?: string): string {
    return this.challenge.kindOf(posedAt(this.provable(who)), asked);
  }

  /** The answer to a confirmation. */
  after(request: Request, who: StepUpContext, asked: string, result: CallerResult): Reply {
    if (result.status === 'ended') return this.ended(request);
    if (result.status === 'verified') {
      const { by, until } = result;
      const json = { status: 'verified', by, until: new Date(until).toISOString() };
      return { to: this.routes.verifyCaller({ done: 'verified' }), json };
    }
    const problem = this.problemMessages.ofAnswer(request, asked, result);
    const page = async () => {
      const open = await this.callerChecks.open(who.session.account.id);
      return this.shown(who, open, { asked, problem });
    };
    return { page, json: problem };
  }

  /** The answer to "I am not on the phone with anybody". */
  denied(request: Request, wasOpen: boolean): Reply {
    if (!wasOpen) return this.ended(request);
    return { to: this.routes.verifyCaller({ done: 'denied' }), json: { status: 'denied' } };
  }

  /** The page after an answer; null: the address does not ask for it, or the confirmation is over. */
  private async done(who: StepUpContext, done: string | undefined): Promise<Page | null> {
    const security = this.routes.security();
    if (done === 'denied') return { view: 'verify-caller/done', model: { security } };
    const verified = done === 'verified' && (await this.callerChecks.verified(who.session.account.id));
    if (!verified) return null;
    const { agentName: agent, expiresAt: until, proof } = verified;
    return {
      view: 'verify-caller/done',
      model: { verified: true, agent, until, weak: proof === SIGNED_IN_ONLY, security },
    };
  }

  private ended(request: Request): Reply {
    const problem = this.problemMessages.problem(request, 'CONFLICT', 'verify-caller.ended');
    const model = { message: problem.message, again: this.routes.verifyCaller() };
    return { page: { view: 'verify-caller/ended', model }, json: problem };
  }

  private provable(who: StepUpContext): StepUpContext {
    return { ...who, accountState: this.sessionProof.provable(who) };
  }

  private async shown(
    who: StepUpContext,
    [check, ...others]: readonly CallerCheck[],
    { asked, problem }: { readonly asked?: string | undefined; readonly problem?: Problem },
  ): Promise<Page> {
    const links = { action: this.routes.verifyCaller(), security: this.routes.security() };
    if (!check) return { view: 'verify-caller/none', model: links };
    const isWeak = this.callerChecks.isSignedInOnly(who);
    const question = isWeak
      ? undefined
      : await this.challenge.question(posedAt(this.provable(who)), asked, problem !== undefined);
    const model = {
      ...question,
      ...links,
      ...{ check: check.id, agent: check.agentName, words: check.words.split(' '), until: check.expiresAt },
      weak: isWeak,
      error: problem?.message,
      others: question?.others.map((kind) => ({ kind, href: this.routes.verifyCaller({ kind }) })),
      more: others.length,
    };
    return { view: 'verify-caller/answer', model };
  }
}

function checkJson({ id, agentName, words, createdAt, expiresAt }: CallerCheck) {
  return {
    ...{ id, agent: agentName, words: words.split(' ') },
    startedAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
