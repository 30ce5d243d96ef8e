import { Injectable } from '@nestjs/common';
import { accountKey, stepUpKey, type AttemptContext } from '../rate-limits/rate-limits.js';
import type { Kind } from '../accounts/factor-registry.js';
import type { MatchedFactor } from './factor-matcher.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** At this many backup codes or fewer, the owner is reminded. */
const RUNNING_LOW = 3;

/** What is left of a recovery factor after a proof, and the JSON member that says so. */
export interface CodesLeft {
  readonly field: string;
  readonly left: number;
  readonly of: number;
}

/** A right answer, about to be accepted. */
export interface VerifiedAnswer {
  readonly kind: Kind;
  readonly proved: readonly MatchedFactor[];
  readonly place: AttemptContext;
  readonly origin: Origin;
  /** The question that it answered, where that is used up with it. */
  readonly spends?: TokenRef;
}

/** What was accepted. */
export interface CommitResult {
  readonly kind: string;
  readonly left?: CodesLeft;
}

/**
 * What else belongs in the unit that accepts an answer. False: the thing answered is no more, and nothing happens.
 * Asked again with every retry.
 */
export type OnCommit = (stores: Stores, emit: Emit, accepted: CommitResult) => Promise<boolean>;

/** Makes a right answer count, once: ONE unit steps the factor, settles what was answered, clears the count, tells. */
@Injectable()
export class VerificationCommit {
  constructor(
    private readonly transactions: Transactions,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** `lost`: another answer was accepted meanwhile. `void`: what was answered is no more. Both change nothing. */
  async commit(right: VerifiedAnswer, settle: OnCommit): Promise<CommitResult | 'lost' | 'void'> {
    const { accountId } = right.place;
    const accepted: CommitResult = { kind: right.kind.definition.kind, left: leftOf(right) };
    try {
      await this.transactions.run({ accountId, origin: right.origin }, async (stores, emit) => {
        for (const proved of right.proved) await this.advanceFactor(stores, proved);
        if (!(await this.consumeTokens(stores, right)) || !(await settle(stores, emit, accepted)))
          throw new Rollback('void');
        await this.resetFailureCount(stores, right);
        if (accepted.left) emitCodesLeft(emit, accepted.left);
      });
      return accepted;
    } catch (error) {
      if (error instanceof Rollback) return error.why;
      throw error;
    }
  }

  /** RFC 6238 §5.2: a proof is spent in the same statement that finds it unspent. */
  private async advanceFactor(stores: Stores, { stored, data }: MatchedFactor): Promise<void> {
    const sealed = data && this.secretStorage.sealFactor(data, stored);
    const stepped = await stores.factors.update(stored, { sealed, lastUsedAt: this.clock.now() });
    if (!stepped) throw new Rollback('lost');
  }

  private async consumeTokens({ tokens }: Stores, { spends }: VerifiedAnswer): Promise<boolean> {
    return !spends || tokens.consume(spends, this.clock.now());
  }

  private async resetFailureCount(stores: Stores, { kind, place }: VerifiedAnswer): Promise<void> {
    await stores.attempts.clear(accountKey(place.accountId));
    if (!kind.definition.guessable && !place.pending && place.key !== null)
      await stores.attempts.clear(stepUpKey(place.key));
  }
}

/** Rolls the unit back. */
class Rollback extends Error {
  constructor(readonly why: 'lost' | 'void') {
    super(why);
  }
}

function leftOf({ kind, proved }: VerifiedAnswer): CodesLeft | undefined {
  const data = proved[0]?.data;
  if (kind.role !== 'recovery' || !data) return undefined;
  return { ...kind.behaviour.left(data), field: kind.behaviour.leftField };
}

function emitCodesLeft(emit: Emit, { left }: CodesLeft): void {
  emit('two-factor.backup-codes.used', { left }, { notice: 'backup-code-used' });
  if (left === 0) emit('two-factor.backup-codes.exhausted', { left });
  else if (left <= RUNNING_LOW) emit('two-factor.backup-codes.running-low', { left });
}
