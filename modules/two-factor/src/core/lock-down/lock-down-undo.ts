import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { AccountState } from '../accounts/account-state.js';
import { FactorSetWriter } from '../accounts/factor-set-writer.js';
import { Clock } from '../contracts/ports/clock.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { StopFacts, StopLink } from '../contracts/stores/lock-down.store.js';
import type { RemovedFactor } from '../contracts/stores/removed-factor.store.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Emit } from '../outbox/transactions.js';

/** What a lock-down does to the set of factors. */
export interface UndoPlan {
  readonly remove: readonly StoredFactor[];
  readonly restore: readonly RemovedFactor[];
  /** The number of primary factors afterwards. */
  readonly primaries: number;
  /** Two-factor is off afterwards, as it was before the event. */
  readonly off: boolean;
}

/**
 * Takes back what one event added to the set of factors, and brings back what it replaced. Older factors always stay. An account that had a
 * factor before the event never loses its last one: then a factor that was removed since comes back, or nothing changes.
 */
@Injectable()
export class LockDownUndo {
  constructor(
    private readonly stores: Stores,
    private readonly registry: FactorRegistry,
    private readonly sets: FactorSetWriter,
    private readonly clock: Clock,
  ) {}

  async plan({ facts, accountId }: StopLink, state: AccountState): Promise<UndoPlan> {
    const { set, factors, damaged } = state;
    const nothing = { remove: [], restore: [], primaries: set.primaryCount, off: false };
    const added = factors.filter(({ id }) => facts.added?.includes(id));
    if (damaged || added.length === 0) return nothing;
    const kept = await this.keptOf(accountId);
    const replaced = kept.filter(({ replacedBy }) => added.some(({ id }) => id === replacedBy));
    const primaries = set.primaryCount - this.primariesIn(added) + this.primariesIn(replaced);
    if (primaries > 0) return { remove: added, restore: replaced, primaries, off: false };
    if (facts.wasOff) return { remove: factors, restore: [], primaries: 0, off: true };
    const older = kept.filter((each) => this.isOlder(each, facts));
    if (older.length === 0) return nothing;
    const restore = [...replaced, ...older];
    return { remove: added, restore, primaries: primaries + older.length, off: false };
  }

  /** Runs in the transaction of the lock-down, after the version of the set was increased. */
  async apply(stores: Stores, emit: Emit, { remove, restore }: UndoPlan): Promise<void> {
    for (const factor of remove) await this.sets.remove(stores, emit, factor, { forGood: true });
    for (const { replacedBy, removedAt, expiresAt, ...factor } of restore) {
      await stores.removed.remove(factor.id, factor.accountId);
      await stores.factors.insert(factor);
      this.emitRestored(emit, factor);
    }
  }

  private emitRestored(emit: Emit, { kind, id: factorId, label }: StoredFactor): void {
    if (this.registry.primary(kind)) emit('two-factor.factor.enrolled', { kind, factorId, label });
  }

  private async keptOf(accountId: string): Promise<readonly RemovedFactor[]> {
    const kept = await this.stores.removed.list(accountId, this.clock.now());
    return kept.filter(({ kind }) => this.registry.find(kind) !== undefined);
  }

  /** Whether it worked before the event, and was removed after it. */
  private isOlder({ kind, createdAt, removedAt, replacedBy }: RemovedFactor, { at }: StopFacts): boolean {
    const isPrimary = this.registry.primary(kind) !== undefined;
    return isPrimary && replacedBy === null && createdAt < at && removedAt >= at;
  }

  private primariesIn(factors: readonly StoredFactor[]): number {
    return factors.filter(({ kind }) => this.registry.primary(kind)).length;
  }
}
