import { Injectable } from '@nestjs/common';
import { accountSubject, stepUpSubject, type Place } from '../rate-limits/attempts.js';
import type { Kind } from '../accounts/factor-registry.js';
import type { Proved } from './judge.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Units, type Tell } from '../outbox/units.js';
import { Vault } from '../encryption/vault.js';

/** At this many backup codes or fewer, the owner is reminded. */
const RUNNING_LOW = 3;

/** What is left of a recovery factor after a proof, and the JSON member that says so. */
export interface Left {
  readonly field: string;
  readonly left: number;
  readonly of: number;
}

/** A right answer, about to be accepted. */
export interface Right {
  readonly kind: Kind;
  readonly proved: readonly Proved[];
  readonly place: Place;
  readonly origin: Origin;
  /** The question that it answered, where that is used up with it. */
  readonly spends?: TokenRef;
}

/** What was accepted. */
export interface Accepted {
  readonly kind: string;
  readonly left?: Left;
}

/**
 * What else belongs in the unit that accepts an answer. False: the thing answered is no more, and nothing happens.
 * Asked again with every retry.
 */
export type Settle = (stores: Stores, tell: Tell, accepted: Accepted) => Promise<boolean>;

/** Makes a right answer count, once: ONE unit steps the factor, settles what was answered, clears the count, tells. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly units: Units,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** `lost`: another answer was accepted meanwhile. `void`: what was answered is no more. Both change nothing. */
  async accept(right: Right, settle: Settle): Promise<Accepted | 'lost' | 'void'> {
    const { accountId } = right.place;
    const accepted: Accepted = { kind: right.kind.card.kind, left: leftOf(right) };
    try {
      await this.units.run({ accountId, origin: right.origin }, async (stores, tell) => {
        for (const proved of right.proved) await this.step(stores, proved);
        if (!(await this.spend(stores, right)) || !(await settle(stores, tell, accepted)))
          throw new Undone('void');
        await this.clear(stores, right);
        if (accepted.left) tellLeft(tell, accepted.left);
      });
      return accepted;
    } catch (error) {
      if (error instanceof Undone) return error.why;
      throw error;
    }
  }

  /** RFC 6238 §5.2: a proof is spent in the same statement that finds it unspent. */
  private async step(stores: Stores, { stored, data }: Proved): Promise<void> {
    const sealed = data && this.vault.sealFactor(data, stored);
    const stepped = await stores.factors.update(stored, { sealed, lastUsedAt: this.clock.now() });
    if (!stepped) throw new Undone('lost');
  }

  private async spend({ tokens }: Stores, { spends }: Right): Promise<boolean> {
    return !spends || tokens.consume(spends, this.clock.now());
  }

  private async clear(stores: Stores, { kind, place }: Right): Promise<void> {
    await stores.attempts.clear(accountSubject(place.accountId));
    if (!kind.card.guessable && !place.held && place.key !== null)
      await stores.attempts.clear(stepUpSubject(place.key));
  }
}

/** Rolls the unit back. */
class Undone extends Error {
  constructor(readonly why: 'lost' | 'void') {
    super(why);
  }
}

function leftOf({ kind, proved }: Right): Left | undefined {
  const data = proved[0]?.data;
  if (kind.role !== 'recovery' || !data) return undefined;
  return { ...kind.act.left(data), field: kind.act.leftField };
}

function tellLeft(tell: Tell, { left }: Left): void {
  tell('two-factor.backup-codes.used', { left }, { notice: 'backup-code-used' });
  if (left === 0) tell('two-factor.backup-codes.exhausted', { left });
  else if (left <= RUNNING_LOW) tell('two-factor.backup-codes.running-low', { left });
}
