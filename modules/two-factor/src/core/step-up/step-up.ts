import { Injectable } from '@nestjs/common';
import { PasswordCheck } from './password-check.js';
import type { Proof } from '../contracts/factor.js';
import type { Origin } from '../common/origin.js';
import { StepUpTokens, type StepUpContext } from './step-up-tokens.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';
import { Transactions } from '../outbox/transactions.js';

/** The input of a step-up. */
export interface StepUpAnswer {
  readonly password: string;
  readonly asked: string;
  readonly proof: Proof;
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
    const password = await this.passwordCheck.check(who.session, given.password, origin.ip);
    if (password !== 'right') return this.wrongPassword(who, password, origin);
    const { enabled, damaged } = who.accountState;
    return enabled || damaged ? this.prove(who, given, origin) : this.withoutFactor(who, origin);
  }

  private async prove(
    who: StepUpContext,
    { asked, proof }: StepUpAnswer,
    origin: Origin,
  ): Promise<StepUpResult> {
    const { account, key } = who.session;
    const { accountState } = who;
    const place = { accountId: account.id, ip: origin.ip, key };
    let freshUntil = 0;
    const answer = await this.verificationService.verify(
      { account, accountState, asked, proof, place, origin },
      async (stores, emit, { named }) => {
        freshUntil = await this.stepUpTokens.grant(stores, 'full', { account, accountState, key });
        emit('two-factor.step-up.passed', named);
        return true;
      },
    );
    if (answer.status === 'refused') {
      await this.failureEvents.record('step-up', { accountId: account.id, origin }, answer);
    }
    return answer.status === 'passed' ? { status: 'passed', freshUntil, left: answer.left?.left } : answer;
  }

  private async withoutFactor(
    { session, accountState }: StepUpContext,
    origin: Origin,
  ): Promise<StepUpResult> {
    const { account, key } = session;
    const freshUntil = await this.transactions.run({ accountId: account.id, origin }, (stores, emit) => {
      emit('two-factor.step-up.passed', { kind: 'password' });
      return this.stepUpTokens.grant(stores, 'full', { account, accountState, key });
    });
    return { status: 'passed', freshUntil };
  }

  private async wrongPassword(
    { session }: StepUpContext,
    password: 'wrong' | { until: number },
    origin: Origin,
  ) {
    if (password !== 'wrong') return { ...password, status: 'password' } as const;
    await this.transactions.run({ accountId: session.account.id, origin }, async (_stores, emit) => {
      emit('two-factor.step-up.failed', { kind: 'password', reason: 'wrong' });
    });
    return { status: 'password' } as const;
  }
}
