import { Injectable } from '@nestjs/common';
import { accountKey, stepUpKey, type AttemptContext } from '../rate-limits/rate-limits.js';
import { Brake } from '../brake/brake.js';
import { isHandedOut, type Kind } from '../accounts/factor-registry.js';
import { namedFactor, type MatchedFactor, type NamedFactor } from './matched-factor.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** The owner gets a reminder at this many recovery codes or fewer. */
const RUNNING_LOW = 3;

/** The number of unused codes after a proof, and its JSON member. */
export interface CodesLeft {
  readonly field: string;
  readonly left: number;
  readonly of: number;
}

/** A right answer before its commit. */
export interface VerifiedAnswer {
  readonly kind: Kind;
  readonly proved: readonly MatchedFactor[];
  readonly place: AttemptContext;
  readonly origin: Origin;
  /** The token of the challenge, where the answer consumes it. */
  readonly spends?: TokenRef;
}

/** The committed result. */
export interface CommitResult {
  readonly kind: string;
  readonly left?: CodesLeft;
}

/** The accepted answer, as the caller's part of the transaction sees it. `at` is the time of the commit, UTC ms. */
export interface AcceptedAnswer {
  readonly kind: string;
  readonly role: Kind['role'];
  readonly at: number;
  /** Its kind and factor, as events name them. */
  readonly named: NamedFactor;
}

/**
 * The caller's part of the transaction that accepts an answer. False when the pending login or session no longer
 * exists: then nothing changes. It runs again with every retry.
 */
export type OnCommit = (stores: Stores, emit: Emit, accepted: AcceptedAnswer) => Promise<boolean>;

/**
 * Commits a correct answer in one transaction: updates the factor, consumes the pending login, resets the failure count
 * and records the events.
 */
@Injectable()
export class VerificationCommit {
  constructor(
    private readonly transactions: Transactions,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
    private readonly brake: Brake,
  ) {}

  /**
   * `lost`: another answer was accepted first. `void`: the pending login or session no longer exists. Neither changes
   * anything.
   */
  async commit(right: VerifiedAnswer, onCommit: OnCommit): Promise<CommitResult | 'lost' | 'void'> {
    const { accountId } = right.place;
    const { role, definition } = right.kind;
    const { kind } = definition;
    const left = leftOf(right);
    const named = namedFactor(
      kind,
      right.proved.map(({ stored }) => stored),
    );
    try {
      await this.transactions.run({ accountId, origin: right.origin }, async (stores, emit) => {
        for (const proved of right.proved) await this.advanceFactor(stores, proved);
        const accepted = { kind, role, at: this.clock.now(), named };
        if (!(await this.consumeTokens(stores, right)) || !(await onCommit(stores, emit, accepted)))
          throw new Rollback('void');
        await this.resetFailureCount(stores, right);
        if (left) emitCodesLeft(emit, right.kind, left);
        if (role === 'recovery') await this.brake.noteRecovery(stores, accountId);
      });
      return { kind, left };
    } catch (error) {
      if (error instanceof Rollback) return error.why;
      throw error;
    }
  }

  /** RFC 6238 §5.2: one statement both finds a proof unused and marks it as used. */
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

/** Rolls the transaction back. */
class Rollback extends Error {
  constructor(readonly why: 'lost' | 'void') {
    super(why);
  }
}

function leftOf({ kind, proved }: VerifiedAnswer): CodesLeft | undefined {
  if (isHandedOut(kind)) return { left: 0, of: 1, field: kind.behaviour.leftField };
  const data = proved[0]?.data;
  if (kind.role !== 'recovery' || !data) return undefined;
  return { ...kind.behaviour.left(data), field: kind.behaviour.leftField };
}

function emitCodesLeft(emit: Emit, known: Kind, { left }: CodesLeft): void {
  const { definition } = known;
  const { kind } = definition;
  const neutral = { used: 'recovery-code-used', low: 'recovery-codes-low', out: 'recovery-codes-out' };
  const own = definition.role === 'recovery' ? definition.notices : undefined;
  const { used, low, out } = { ...neutral, ...own };
  emit(`two-factor.${kind}.used`, { left }, { notice: used });
  // A code that staff handed out is the only one.
  if (isHandedOut(known)) return;
  if (left === 0) emit(`two-factor.${kind}.exhausted`, { left }, { notice: out });
  else if (left <= RUNNING_LOW)
    emit(`two-factor.${kind}.running-low`, { left }, left === RUNNING_LOW ? { notice: low } : {});
}
