import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Problem } from '../common/errors.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import { FactorSetWriter } from '../accounts/factor-set-writer.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { unusedVersion, type AccountState } from '../accounts/account-state.js';
import type { EndedSessions } from '../contracts/stores/factor.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';

/** The owner of the factors, and the session that stays. */
export interface SignedInOwner {
  readonly account: Account;
  readonly accountState: AccountState;
  /** Null: every session ends. */
  readonly keepKey: string | null;
}

/** Removes factors for their owner: one, or all. */
@Injectable()
export class FactorRemoval {
  constructor(
    private readonly sets: FactorSetWriter,
    private readonly registry: FactorRegistry,
    private readonly accounts: AccountDirectory,
    private readonly sessions: LoginSession,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Removes one primary factor. The last one removes the recovery factors too, because they protect nothing alone.
   * @throws Problem COOLING_DOWN during the brake, where the owner removes it in a session (`keepKey`).
   */
  async remove(owner: SignedInOwner, factorId: string, origin: Origin): Promise<void> {
    const { factors, set } = owner.accountState;
    const factor = factors.find(({ id, kind }) => id === factorId && this.registry.primary(kind));
    if (!factor) throw new Problem('NOT_FOUND', 'This factor is not there any more.');
    if (set.primaryCount <= 1) return this.disable(owner, origin);
    const version = set.version + 1;
    return this.change(owner, { version, origin }, async (stores, emit, endSessions) => {
      await this.sets.bumpVersion(stores, from(owner), set.primaryCount - 1);
      await this.requireReleased(owner, stores);
      await this.sets.remove(stores, emit, factor, { notice: 'factor-removed', endSessions });
    });
  }

  /**
   * Removes all factors for their owner.
   * @throws Problem COOLING_DOWN as above.
   */
  async disable(owner: SignedInOwner, origin: Origin): Promise<void> {
    if (!owner.accountState.enabled) throw new Problem('CONFLICT', 'Two-factor is off already.');
    const raised = await this.accounts.getProtection(owner.account.id);
    const version = unusedVersion(owner.accountState, raised);
    return this.change(owner, { version, origin }, async (stores, emit, endSessions) => {
      await this.takeAll(owner, stores, emit, { notice: 'disabled', endSessions });
      await this.requireReleased(owner, stores);
    });
  }

  /** The brake is asked in the transaction: it may have begun after the person pressed the button. Staff have no session here. */
  private async requireReleased({ account, keepKey }: SignedInOwner, stores: Stores): Promise<void> {
    if (keepKey !== null) await this.sets.brake.requireReleased(account.id, stores);
  }

  private async takeAll(
    owner: SignedInOwner,
    stores: Stores,
    emit: Emit,
    { forGood = false, ...sideEffects }: RemovalEffects,
  ): Promise<void> {
    const { version } = sideEffects.endSessions;
    await this.sets.bumpVersion(stores, from(owner), 0, version);
    for (const factor of owner.accountState.factors)
      await this.sets.remove(stores, emit, factor, { forGood });
    emit('two-factor.disabled', { version }, { ...sideEffects, clearProtectionFlag: { version } });
  }

  private async change(
    { account, keepKey }: SignedInOwner,
    { version, origin }: RemovalStep,
    work: RemovalWork,
  ): Promise<void> {
    const ending = { keepKey, version };
    await this.transactions.run({ accountId: account.id, origin }, (stores, emit) =>
      work(stores, emit, ending),
    );
    await this.sessions.endOthers(account.id, keepKey, version);
  }
}

/** A change of the set: its new version and its origin. */
interface RemovalStep {
  readonly version: number;
  readonly origin: Origin;
}

interface RemovalEffects {
  readonly notice?: string;
  readonly endSessions: EndedSessions;
  /** No stop link brings the factors back. */
  readonly forGood?: boolean;
}

type RemovalWork = (stores: Stores, emit: Emit, ending: EndedSessions) => Promise<void>;

function from({ account, accountState, keepKey }: SignedInOwner) {
  const by = keepKey === null ? undefined : { account, key: keepKey };
  return { accountId: account.id, accountState, by };
}
