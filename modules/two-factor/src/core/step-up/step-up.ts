import { Injectable } from '@nestjs/common';
import { PasswordCheck } from './password-check.js';
import type { Proof } from '../contracts/factor.js';
import type { Origin } from '../common/origin.js';
import type { Confirmation } from './confirmations.js';
import { StepUpTokens, type StepUpContext, type StepUpGrant } from './step-up-tokens.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';
import { Transactions } from '../outbox/transactions.js';

/** The input of a step-up. */
export interface StepUpAnswer {
  readonly password: string;
  readonly asked: string;
  readonly proof: Proof;
  /** The confirmation that the answer belongs to; null: it names no action. */
  readonly confirmation?: Confirmation | null;
}

/** The result of a step-up. `freshUntil` (UTC ms) is its end for changes of factors. */
export type StepUpResult =
  | { readonly status: 'passed'; readonly freshUntil: number; readonly left?: number }
  | { readonly status: 'password'; readonly until?: number }
  | Exclude<VerificationResult, { status: 'passed' }>;

/** Asks a signed-in person for the password, and then for a factor where the account has one. */
@Injectable()
export class StepUp {
  constructor(
    private readonly passwordCheck: PasswordCheck,
    private readonly verificationService: VerificationService,
    private readonly stepUpTokens: StepUpTokens,
    private readonly failureEvents: FailureEvents,
    private readonly transactions: Transactions,
  ) {}

  async confirm(who: StepUpContext, given: StepUpAnswer, origin: Origin): Promise<StepUpResult> {
    const { password, confirmation } = given;
    const checked = await this.passwordCheck.check(who.session, password, origin.ip, confirmation);
    if (checked !== 'right') return this.wrongPassword(who, given, checked, origin);
    const { enabled, damaged, mustEnroll } = who.accountState;
    return enabled || damaged || mustEnroll
      ? this.prove(who, given, origin)
      : this.withoutFactor(who, given, origin);
  }

  private async prove(who: StepUpContext, given: StepUpAnswer, origin: Origin): Promise<StepUpResult> {
    const { asked, proof } = given;
    const { account, key } = who.session;
    const { accountState } = who;
    const place = { accountId: account.id, ip: origin.ip, key };
    const act = actOf(given);
    let freshUntil = 0;
    const answer = await this.verificationService.verify(
      { account, accountState, asked, proof, place, origin },
      async (stores, emit, { named }) => {
        const until = await this.stepUpTokens.grant(stores, { account, accountState, key }, grantOf(given));
        if (until === null) return false;
        freshUntil = until;
        emit('two-factor.step-up.passed', Object.assign({}, named, act));
        return true;
      },
    );
    if (answer.status === 'refused') {
      await this.failureEvents.record('step-up', { accountId: account.id, origin }, answer, act);
    }
    return answer.status === 'passed' ? { status: 'passed', freshUntil, left: answer.left?.left } : answer;
  }

  private async withoutFactor(
    { session, accountState }: StepUpContext,
    given: StepUpAnswer,
    origin: Origin,
  ): Promise<StepUpResult> {
    const { account, key } = session;
    const freshUntil = await this.transactions.run(
      { accountId: account.id, origin },
      async (stores, emit) => {
        const until = await this.stepUpTokens.grant(stores, { account, accountState, key }, grantOf(given));
        if (until !== null)
          emit('two-factor.step-up.passed', Object.assign({ kind: 'password' }, actOf(given)));
        return until;
      },
    );
    return freshUntil === null ? { status: 'void' } : { status: 'passed', freshUntil };
  }

  private async wrongPassword(
    { session }: StepUpContext,
    given: StepUpAnswer,
    password: 'wrong' | { until: number },
    origin: Origin,
  ) {
    if (password !== 'wrong') return { ...password, status: 'password' } as const;
    await this.transactions.run({ accountId: session.account.id, origin }, async (_stores, emit) => {
      const data = Object.assign({ kind: 'password', reason: 'wrong' }, actOf(given));
      emit('two-factor.step-up.failed', data);
    });
    return { status: 'password' } as const;
  }
}

/** The action as events name it. */
function actOf({ confirmation }: StepUpAnswer): { act?: string } {
  return confirmation?.act ? { act: confirmation.act.name } : {};
}

function grantOf({ confirmation }: StepUpAnswer): StepUpGrant {
  return { binding: confirmation?.act?.binding, consumes: confirmation?.token };
}
