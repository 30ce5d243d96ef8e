import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { PosedChallenge } from '../../core/challenges/code-delivery.js';
import { Problem } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';
import { Confirmations, type Confirmation } from '../../core/step-up/confirmations.js';
import { PasswordCheck } from '../../core/step-up/password-check.js';
import type { StepUpResult } from '../../core/step-up/step-up.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { ChallengePage, withButton } from '../challenge/challenge.page.js';
import type { Reply } from '../response/reply.js';
import { ProblemMessages } from '../challenge/problem-messages.js';

/** The next address, and the confirmation that the client names. */
interface ConfirmAddress {
  readonly returnTo: string | undefined;
  readonly act: string | undefined;
}

/** What is confirmed, and with which kind. */
export interface ConfirmPlace {
  readonly returnTo?: string | undefined;
  readonly confirmation: Confirmation | null;
  readonly asked: string | undefined;
}

type NotConfirmed = Exclude<StepUpResult, { status: 'passed' }>;

/** The confirm page: what will happen, the password, then the same question as at sign-in if the account has a factor. */
@Injectable()
export class ConfirmPage {
  constructor(
    private readonly challenge: ChallengePage,
    private readonly passwordCheck: PasswordCheck,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
    private readonly confirmations: Confirmations,
  ) {}

  /** The confirmation that the client names; null: it names none. */
  async find(who: StepUpContext, { act }: ConfirmAddress): Promise<Confirmation | 'ended' | null> {
    if (act === undefined) return null;
    return (await this.confirmations.find(who, act)) ?? 'ended';
  }

  /** The named confirmation is old, was used, or belongs to another session. Nothing happens, and the page says so. */
  ended(request: Request, { returnTo }: ConfirmAddress): Reply {
    const problem = this.problemMessages.problem(request, 'CONFLICT', 'confirm.ended');
    const model = { message: problem.message, back: this.routes.onward(returnTo) };
    return { page: { view: 'confirm/ended', model }, json: problem };
  }

  /** `late`: why no other code was sent. */
  render(who: StepUpContext, place: ConfirmPlace, late?: Problem): Promise<Reply> {
    return this.shown(who, place, { late });
  }

  /**
   * The page again after a refusal. An open question is kept, and no new one is created. A right password is not asked
   * again. A JSON client gets only the problem.
   */
  renderAgain(request: Request, who: StepUpContext, place: ConfirmPlace, refused: NotConfirmed): Reply {
    const problem = this.refusal(request, place.asked ?? '', refused);
    const page = async () => {
      const confirmation = await this.rememberedIn(who, place, refused);
      const atPassword = refused.status === 'password';
      return (await this.shown(who, { ...place, confirmation }, { problem, atPassword })).page;
    };
    return { page, json: problem };
  }

  kindOf({ session, accountState }: StepUpContext, asked?: string): string {
    return this.challenge.kindOf({ account: session.account, accountState }, asked);
  }

  private async rememberedIn(
    who: StepUpContext,
    { confirmation }: ConfirmPlace,
    { status }: NotConfirmed,
  ): Promise<Confirmation | null> {
    const wasRight = status !== 'password' && status !== 'void';
    if (!wasRight || !this.passwordCheck.isAvailable) return confirmation;
    if (!confirmation) return this.confirmations.openAfterPassword(who);
    return { ...confirmation, passwordRight: true };
  }

  private async shown(
    { session, accountState }: StepUpContext,
    { returnTo, confirmation, asked }: ConfirmPlace,
    { problem, late, atPassword }: ConfirmRetry,
  ) {
    const question = accountState.enabled
      ? await this.challenge.question(posedAt({ session, accountState }), asked, problem !== undefined)
      : undefined;
    const model = {
      ...question,
      ...errorsOf(problem, atPassword),
      ...this.waiting({ returnTo, confirmation, kinds: question?.others }),
      sending: withButton(question?.sending, this.routes.confirmResend(), late),
      username: session.account.email,
      action: this.routes.confirm(),
    };
    const json = late ?? { ...jsonOf(question), ...actJson(confirmation) };
    return { page: { view: 'confirm/confirm', model }, json };
  }

  /** What waits for the proof, and the links that keep it. */
  private waiting({ returnTo, confirmation, kinds }: Waiting) {
    const { id: act, act: waiting, passwordRight } = confirmation ?? {};
    return {
      act,
      returnTo,
      title: waiting?.title,
      others: kinds?.map((kind) => ({ kind, href: this.routes.confirm({ returnTo, kind, act }) })),
      passwordAsked: this.passwordCheck.isAvailable && !passwordRight,
      leave: this.routes.local(returnTo ?? waiting?.page),
    };
  }

  /** The reason why a step-up was refused. */
  private refusal(request: Request, asked: string, confirmed: NotConfirmed): Problem {
    if (confirmed.status === 'void')
      return this.problemMessages.problem(request, 'CONFLICT', 'answer.changed');
    if (confirmed.status !== 'password') return this.problemMessages.ofAnswer(request, asked, confirmed);
    if (confirmed.until !== undefined) return this.problemMessages.ofPasswordWait(request, confirmed.until);
    return this.problemMessages.problem(request, 'INVALID_CREDENTIALS', 'confirm.wrong-password');
  }
}

/** The question for a signed-in person. */
export function posedAt({ session: { account, key }, accountState }: StepUpContext): PosedChallenge {
  return { account, accountState, place: { accountId: account.id, key } };
}

/** A confirmation, the next address, and the other kinds that can answer. */
interface Waiting {
  readonly returnTo: string | undefined;
  readonly confirmation: Confirmation | null;
  readonly kinds: readonly string[] | undefined;
}

/** The values that the page shows again. */
interface ConfirmRetry {
  readonly problem?: Problem | undefined;
  /** Whether the problem is about the password. */
  readonly atPassword?: boolean;
  /** Why no other code was sent. */
  readonly late?: Problem | undefined;
}

function jsonOf(question: Awaited<ReturnType<ChallengePage['question']>> | undefined): View {
  if (!question) return { kinds: [] };
  return { kinds: question.kinds, question: { ...question.json, kind: question.kind } };
}

function actJson(confirmation: Confirmation | null): View {
  if (!confirmation?.act) return {};
  const { name, title } = confirmation.act;
  return { act: { name, title } };
}

/** Puts the error at its field. */
function errorsOf(problem: Problem | undefined, atPassword = false) {
  return atPassword ? { passwordError: problem?.message } : { error: problem?.message };
}
