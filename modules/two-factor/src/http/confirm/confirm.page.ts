import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Posed } from '../../core/challenges/deliveries.js';
import { Problem } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';
import { Passwords } from '../../core/step-up/passwords.js';
import type { Confirmed } from '../../core/step-up/step-up.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { ChallengePage, withButton } from '../challenge/challenge.page.js';
import type { Reply } from '../response/reply.js';
import { Wording } from '../challenge/wording.js';

/** The confirm page: the password, then the same question as at sign-in where the account has a factor. */
@Injectable()
export class ConfirmPage {
  constructor(
    private readonly challenge: ChallengePage,
    private readonly passwords: Passwords,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  /** After a refusal nothing new is asked where a question can still be answered, and nothing at all of programs. */
  async of(who: Confirmer, returnTo?: string, asked?: string, again: Again = {}): Promise<Reply> {
    const { problem } = again;
    if (!problem) return this.shown(who, returnTo, asked, again);
    return { page: async () => (await this.shown(who, returnTo, asked, again)).page, json: problem };
  }

  private async shown(
    { session, standing }: Confirmer,
    returnTo: string | undefined,
    asked: string | undefined,
    { problem, late }: Again,
  ) {
    const posed = posedAt({ session, standing });
    const question = standing.enabled
      ? await this.challenge.question(posed, asked, problem !== undefined)
      : undefined;
    const others = question?.others.map((kind) => ({ kind, href: this.addresses.confirm(returnTo, kind) }));
    const model = {
      ...question,
      ...errorsOf(problem),
      sending: withButton(question?.sending, this.addresses.confirmResend(), late),
      others,
      returnTo,
      passwordAsked: this.passwords.asked,
      action: this.addresses.confirm(),
      leave: this.addresses.local(returnTo),
    };
    return { page: { view: 'confirm/confirm', model }, json: late ?? jsonOf(question) };
  }

  kindOf({ session, standing }: Confirmer, asked?: string): string {
    return this.challenge.kindOf({ account: session.account, standing }, asked);
  }

  /** Why a confirmation was not taken. */
  refusal(request: Request, asked: string, confirmed: Exclude<Confirmed, { status: 'passed' }>): Problem {
    if (confirmed.status === 'void') return this.wording.problem(request, 'CONFLICT', 'answer.changed');
    if (confirmed.status !== 'password') return this.wording.ofAnswer(request, asked, confirmed);
    if (confirmed.until !== undefined) return this.wording.ofWait(request, confirmed.until);
    return this.wording.problem(request, 'INVALID_CREDENTIALS', 'confirm.wrong-password');
  }
}

/** The question as it is put to somebody signed in. */
export function posedAt({ session: { account, key }, standing }: Confirmer): Posed {
  return { account, standing, place: { accountId: account.id, key } };
}

/** What the page shows again. */
interface Again {
  readonly problem?: Problem;
  /** Why no other code was sent. */
  readonly late?: Problem;
}

function jsonOf(question: Awaited<ReturnType<ChallengePage['question']>> | undefined): View {
  if (!question) return { kinds: [] };
  return { kinds: question.kinds, question: { kind: question.kind, ...question.json } };
}

/** At the field that it is about. */
function errorsOf(problem: Problem | undefined) {
  if (problem?.code === 'INVALID_CREDENTIALS') return { passwordError: problem.message };
  return { error: problem?.message };
}
