import { Injectable } from '@nestjs/common';
import type { Origin } from '../common/origin.js';
import type { Proof } from '../contracts/factor.js';
import { Clock } from '../contracts/ports/clock.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { SessionProof } from '../step-up/session-proof.js';
import type { StepUpContext } from '../step-up/step-up-tokens.js';
import type { NamedFactor } from '../verification/matched-factor.js';
import type { VerificationResult } from '../verification/verification-service.js';
import { CheckUpReader } from './check-up-reader.js';
import type { Stores } from '../contracts/stores/stores.js';

/** How long "later" lasts. */
const LATER = 28 * 24 * 3_600_000;

/** The result of a check. `passed` with the kind that was proved. */
export type CheckUpResult =
  { readonly status: 'passed'; readonly kind: string } | Exclude<VerificationResult, { status: 'passed' }>;

/** "Does it still work?": a signed-in person proves a factor, and nothing depends on it. */
@Injectable()
export class CheckUps {
  constructor(
    private readonly sessionProof: SessionProof,
    private readonly reader: CheckUpReader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks an answer. A code of an app is used up, as everywhere. A recovery code stays unused: the transaction that accepts it
   * is rolled back. Wrong short codes count in the ordinary limit of the account, so that this is no place for guessing. They
   * are checked only while few are counted, so that a check-up never starts a wait.
   */
  async check(
    who: StepUpContext,
    { asked, proof }: { readonly asked: string; readonly proof: Proof },
    origin: Origin,
  ): Promise<CheckUpResult> {
    let unused: NamedFactor | undefined;
    const answer = { asked, proof, act: 'factor.check', below: twoFactorLimits['check-up'].limit };
    const result = await this.sessionProof.prove(who, answer, origin, async (stores, emit, accepted) => {
      unused = accepted.role === 'recovery' ? accepted.named : undefined;
      if (unused) return false;
      await this.passed(who, accepted.named, { stores, emit });
      return true;
    });
    if (unused && result.status === 'void') return this.recordUnused(who, unused, origin);
    if (result.status === 'passed') return { status: 'passed', kind: result.kind };
    if (result.status === 'refused' && result.reason !== 'used') await this.failed(who, result.kind, origin);
    return result;
  }

  /** The person does not want to be asked for some weeks. Nothing else changes. */
  async later(who: StepUpContext): Promise<void> {
    const { session, accountState } = who;
    const { factors } = await this.reader.of(session.account, accountState);
    const origin: Origin = { ...nowhere, actor: { type: 'account', id: session.account.id } };
    const laterAt = this.clock.now() + LATER;
    await this.transactions.run({ accountId: session.account.id, origin }, async (stores) => {
      for (const { factorId, isAsked } of factors)
        if (isAsked) await stores.checkUps.record({ factorId, accountId: session.account.id }, { laterAt });
    });
  }

  private async recordUnused(who: StepUpContext, named: NamedFactor, origin: Origin): Promise<CheckUpResult> {
    await this.transactions.run({ accountId: who.session.account.id, origin }, (stores, emit) =>
      this.passed(who, named, { stores, emit }),
    );
    return { status: 'passed', kind: named.kind };
  }

  private async passed(who: StepUpContext, named: NamedFactor, to: Writer): Promise<void> {
    const passedAt = this.clock.now();
    await this.record(who, ({ id }) => id === named.factorId, { passedAt }, to);
    to.emit('two-factor.factor.checked', { ...named, passed: true });
  }

  private async failed(who: StepUpContext, kind: string, origin: Origin): Promise<void> {
    const failedAt = this.clock.now();
    await this.transactions.run({ accountId: who.session.account.id, origin }, async (stores, emit) => {
      await this.record(who, (factor) => factor.kind === kind, { failedAt }, { stores, emit });
      emit('two-factor.factor.checked', { kind, passed: false });
    });
  }

  /** Stores times of some factors. The results of factors that no longer exist go. */
  private async record(
    { session, accountState }: StepUpContext,
    isMeant: (factor: { readonly id: string; readonly kind: string }) => boolean,
    times: { readonly passedAt?: number; readonly failedAt?: number },
    { stores }: Writer,
  ): Promise<void> {
    const accountId = session.account.id;
    const { factors } = accountState;
    await stores.checkUps.discard(
      accountId,
      factors.map(({ id }) => id),
    );
    for (const factor of factors)
      if (isMeant(factor)) await stores.checkUps.record({ factorId: factor.id, accountId }, times);
  }
}

/** The stores and the events of one transaction. */
interface Writer {
  readonly stores: Stores;
  readonly emit: Emit;
}

const nowhere = { ip: null, userAgent: null, requestId: null };
