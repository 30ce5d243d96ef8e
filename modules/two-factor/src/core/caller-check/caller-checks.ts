import { Injectable } from '@nestjs/common';
import type { Origin } from '../common/origin.js';
import type { Proof } from '../contracts/factor.js';
import type { CallerCheck } from '../contracts/stores/desk/caller-check.store.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { SessionProof } from '../step-up/session-proof.js';
import type { StepUpContext } from '../step-up/step-up-tokens.js';
import type { NamedFactor } from '../verification/matched-factor.js';
import type { VerificationResult } from '../verification/verification-service.js';

const MINUTE = 60_000;

/** How long a confirmed check counts, from the confirmation. */
const VERIFIED_FOR = 10 * MINUTE;

/** How long staff are warned after "I am not on the phone with anybody". */
const WARNED_FOR = 24 * 60 * MINUTE;

/** The proof of a person without a factor: the session alone. It is the weaker label. */
export const SIGNED_IN_ONLY = 'signed-in';

/** The answer of the customer: which check, and the proof. */
export interface CallerAnswer {
  readonly check: string;
  readonly asked: string;
  readonly proof: Proof;
}

/** The result. `ended`: the check is over, was answered, or is not this account's. `until`: UTC ms. */
export type CallerResult =
  | { readonly status: 'verified'; readonly by: string; readonly until: number }
  | { readonly status: 'ended' }
  | Exclude<VerificationResult, { status: 'passed' | 'void' }>;

/**
 * The customer's side of a caller check: the person compares the words, and confirms with a factor. The checks are rows of
 * their own. Tokens end with every change of factors, and a check must outlive the reset that it is for.
 */
@Injectable()
export class CallerChecks {
  constructor(
    private readonly sessionProof: SessionProof,
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The checks that this account can still answer, the newest first. */
  async open(accountId: string): Promise<readonly CallerCheck[]> {
    const now = this.clock.now();
    return (await this.stores.callerChecks.list(accountId)).filter(
      ({ state, expiresAt }) => state === 'open' && expiresAt > now,
    );
  }

  /** The newest check of this account that counts now. */
  async verified(accountId: string): Promise<CallerCheck | undefined> {
    const now = this.clock.now();
    return (await this.stores.callerChecks.list(accountId)).find(
      ({ state, expiresAt }) => state === 'verified' && expiresAt > now,
    );
  }

  /** Whether this person has no factor that can be proved here, so that the session is all there is. */
  isSignedInOnly(who: StepUpContext): boolean {
    return !who.accountState.damaged && this.sessionProof.provable(who).factors.length === 0;
  }

  /** The person says "it is me": by a factor, or by the session where there is no factor. */
  async confirm(who: StepUpContext, answer: CallerAnswer, origin: Origin): Promise<CallerResult> {
    const check = await this.find(who, answer.check);
    if (!check) return { status: 'ended' };
    if (this.isSignedInOnly(who)) return this.withoutFactor(who, check, origin);
    const until = this.clock.now() + VERIFIED_FOR;
    const result = await this.sessionProof.prove(
      who,
      { ...answer, act: 'caller.verify' },
      origin,
      (stores, emit, { named }) => this.settle(stores, emit, check, { named, until }),
    );
    if (result.status === 'void') return { status: 'ended' };
    return result.status === 'passed' ? { status: 'verified', by: result.kind, until } : result;
  }

  /** The person says "I am not on the phone with anybody". False: the check was over already. */
  async deny(who: StepUpContext, id: string, origin: Origin): Promise<boolean> {
    const check = await this.find(who, id);
    if (!check) return false;
    const now = this.clock.now();
    const denied = { state: 'denied', proof: '', expiresAt: now + WARNED_FOR } as const;
    return this.transactions.run({ accountId: check.accountId, origin }, async (stores, emit) => {
      if (!(await stores.callerChecks.answer(check, denied, now))) return false;
      emit('caller.denied', eventFacts(check));
      return true;
    });
  }

  private async find(who: StepUpContext, id: string): Promise<CallerCheck | undefined> {
    return (await this.open(who.session.account.id)).find((each) => each.id === id);
  }

  private async withoutFactor(
    { session }: StepUpContext,
    check: CallerCheck,
    origin: Origin,
  ): Promise<CallerResult> {
    const until = this.clock.now() + VERIFIED_FOR;
    const by = { named: { kind: SIGNED_IN_ONLY }, until };
    const counts = await this.transactions.run({ accountId: session.account.id, origin }, (stores, emit) =>
      this.settle(stores, emit, check, by),
    );
    return counts ? { status: 'verified', by: SIGNED_IN_ONLY, until } : { status: 'ended' };
  }

  private async settle(
    stores: Stores,
    emit: Emit,
    check: CallerCheck,
    { named, until }: { readonly named: NamedFactor; readonly until: number },
  ): Promise<boolean> {
    const answer = { state: 'verified', proof: named.kind, expiresAt: until } as const;
    if (!(await stores.callerChecks.answer(check, answer, this.clock.now()))) return false;
    const { kind: by, ...factor } = named;
    emit('caller.verified', { ...factor, ...eventFacts(check), by, until });
    return true;
  }
}

function eventFacts({ id, agentId, agentName }: CallerCheck) {
  return { checkId: id, agentId, agent: agentName };
}
