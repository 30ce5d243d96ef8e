import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Brake } from '../brake/brake.js';
import { Problem } from '../common/errors.js';
import type { FactorData, FactorRecord, PrimaryFactor } from '../contracts/factor.js';
import { FactorRegistry, mostOf, type Kind, type RecoveryKind } from './factor-registry.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AccountState } from './account-state.js';
import { STOP_LIFETIME } from '../stop-links/stop-links.js';
import { type FactorSetChange, type StepUpScope, voidTokens } from './void-tokens.js';
import type { EventSideEffects } from '../contracts/stores/event.store.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { Emit } from '../outbox/transactions.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** A new recovery set. It is created before the transaction that stores it, because hashing is too slow inside one. */
export interface IssuedCodes {
  readonly kind: RecoveryKind;
  readonly row: StoredFactor;
  readonly left: number;
  /** Shown until they are saved, for some minutes; they are never stored in plain text. */
  readonly codes: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** The person who sets a factor up, and the scope of their step-up. */
export interface ReplacementContext {
  readonly accountState: AccountState;
  readonly scope: StepUpScope;
}

/** How a factor is removed, and what follows. */
type Removal = EventSideEffects & { readonly replacedBy?: string; readonly forGood?: boolean };

/** Changes of an account's set of factors that several flows share. Each runs in the transaction of its caller. */
@Injectable()
export class FactorSetWriter {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
    /** The rule of dangerous actions, for the flows that change factors. */
    readonly brake: Brake,
  ) {}

  /** Returns a new row with encrypted data. */
  newFactor(account: Account, kind: string, label: string, data: FactorData): StoredFactor {
    const owner = { id: randomUUID(), accountId: account.id };
    const now = this.clock.now();
    return {
      ...owner,
      kind,
      label,
      sealed: this.secretStorage.sealFactor(data, owner),
      version: 1,
      createdAt: now,
      lastUsedAt: null,
    };
  }

  /** The account's factors of one kind, decrypted. */
  openRecords(wanted: string, { factors }: AccountState): FactorRecord[] {
    return factors
      .filter(({ kind }) => kind === wanted)
      .map((stored) => this.secretStorage.openFactor(stored));
  }

  /** @throws Problem NOT_FOUND when this account cannot use this kind. */
  requireOffered(kind: Kind, account: Account): void {
    if (!this.registry.serves(kind, account))
      throw new Problem('NOT_FOUND', 'This way is not offered to you.');
  }

  /** Creates a new set of a recovery kind. It is not stored yet. */
  async issueCodes(account: Account, kind: RecoveryKind): Promise<IssuedCodes> {
    const { data, codes, json } = await kind.behaviour.issue(factorAccountOf(account));
    const row = this.newFactor(account, kind.definition.kind, kind.definition.kind, data);
    return { kind, row, left: kind.behaviour.left(data).left, codes, json };
  }

  /** Creates a set of every recovery kind that the account lacks. The first primary factor issues them. */
  issueMissingCodes(account: Account, accountState: AccountState): Promise<IssuedCodes[]> {
    const lacking = this.registry
      .recoveryKinds()
      .filter(({ definition }) => !accountState.factors.some(({ kind }) => kind === definition.kind));
    return Promise.all(lacking.map((kind) => this.issueCodes(account, kind)));
  }

  /**
   * The primary factor that a new one of this kind replaces, undefined where the new one is added. It is the named one.
   * Without a name it is the only factor of a single kind. It is also the only one of a multiple kind for a person
   * who may only replace.
   * @throws Problem NOT_FOUND when the named factor does not exist; CONFLICT when the account has the maximum of this
   * kind.
   */
  factorToReplace(
    definition: PrimaryFactor,
    { accountState, scope }: ReplacementContext,
    named?: string,
  ): StoredFactor | undefined {
    const own = accountState.factors.filter(({ kind }) => kind === definition.kind);
    const only = !definition.multiple || (scope === 'replace' && own.length === 1) ? own[0] : undefined;
    if (named) return this.requireReplaceable(named, accountState, definition.multiple ? undefined : only);
    if (!only && own.length >= mostOf(definition))
      throw new Problem('CONFLICT', 'There are as many of these as there may be. Remove or replace one.');
    return only;
  }

  private requireReplaceable(wanted: string, { factors }: AccountState, only?: StoredFactor): StoredFactor {
    const found = factors.find(({ id, kind }) => id === wanted && this.registry.primary(kind));
    if (found && (!only || only === found)) return found;
    throw new Problem('NOT_FOUND', 'The factor to be replaced is not there any more.');
  }

  /**
   * The first statements of every change. They increment the version of the set, so that concurrent changes wait for
   * each other, consume the tokens in `spent`, and void all other tokens. Unsaved codes stay, because their set may still
   * be valid, and so do the confirmations of the session that makes the change. What an earlier reset left behind ends.
   * `to`: the new version, where it is not the next one.
   * @throws Problem CONFLICT when the set changed since it was read, or one of `spent` no longer exists; COOLING_DOWN when
   * the account is frozen, and its owner makes the change.
   */
  async bumpVersion(stores: Stores, from: FactorSetChange, primaries: number, to?: number): Promise<void> {
    const { accountId, accountState } = from;
    if (!(await stores.factors.bumpVersion(accountId, accountState.set, primaries, to)))
      throw changedElsewhere();
    if (from.by) await this.brake.requireUnfrozen(accountId, stores);
    if (accountState.set.reset !== from.mark) await stores.factors.markReset(accountId, from.mark ?? null);
    await this.consume(stores, from);
    await voidTokens(
      stores,
      from,
      { primaries, version: to ?? accountState.set.version + 1 },
      this.clock.now(),
    );
  }

  private async consume({ tokens }: Stores, { spent = [] }: FactorSetChange): Promise<void> {
    for (const ref of spent) if (!(await tokens.consume(ref, this.clock.now()))) throw changedElsewhere();
  }

  /** Stores a new set. */
  async insertIssuedCodes(
    stores: Stores,
    emit: Emit,
    { kind, row, left }: IssuedCodes,
    sideEffects: EventSideEffects = {},
  ): Promise<void> {
    await stores.factors.insert(row);
    emit(`two-factor.${kind.definition.kind}.issued`, { left }, sideEffects);
  }

  /**
   * Removes one row. Only primary factors emit an event here: recovery sets are removed together with an event that
   * implies it. The row is kept for as long as a stop link could bring it back, except with `forGood`. `replacedBy`: the id of the factor
   * that comes in its place.
   */
  async remove(
    stores: Stores,
    emit: Emit,
    factor: StoredFactor,
    { replacedBy, forGood = false, ...sideEffects }: Removal = {},
  ): Promise<void> {
    const { id, accountId, kind, label } = factor;
    const removed = await stores.factors.remove(id, accountId);
    if (removed && !forGood) {
      const removedAt = this.clock.now();
      const expiresAt = removedAt + STOP_LIFETIME;
      await stores.removed.insert({ ...factor, replacedBy: replacedBy ?? null, removedAt, expiresAt });
    }
    if (this.registry.recovery(kind)) return;
    emit('two-factor.factor.removed', { kind, factorId: id, label }, sideEffects);
  }
}

function changedElsewhere(): Problem {
  return new Problem('CONFLICT', 'Two-factor was changed elsewhere meanwhile. Look at the page again.');
}
