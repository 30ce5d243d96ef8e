import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Problem } from '../common/errors.js';
import type { FactorData, FactorRecord, PrimaryFactor } from '../contracts/factor.js';
import { FactorRegistry, mostOf, type Kind, type RecoveryKind } from './factor-registry.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AccountState } from './account-state.js';
import type { EventSideEffects } from '../contracts/stores/event.store.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import type { Emit } from '../outbox/transactions.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** A recovery set, made before the unit that keeps it: hashing has no place inside one. */
export interface IssuedCodes {
  readonly kind: RecoveryKind;
  readonly row: StoredFactor;
  readonly left: number;
  /** Shown once, then forgotten. */
  readonly codes: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** A change of an account's set: from where it stood, and what it uses up. */
export interface FactorSetChange {
  readonly accountId: string;
  readonly accountState: AccountState;
  readonly spent?: readonly TokenRef[];
}

/**
 * How far a step-up reaches: `full`, or `replace`: a sign-in by a recovery factor, good for one replacing enrolment.
 */
export type StepUpScope = 'full' | 'replace';

/** Who sets a factor up, and how far they may go. */
export interface ReplacementContext {
  readonly accountState: AccountState;
  readonly scope: StepUpScope;
}

/** The moves on an account's set of factors that several flows share; each runs in the unit it is given. */
@Injectable()
export class FactorSetWriter {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** A new row, sealed. */
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

  /** What an account has of a kind, opened. */
  openRecords(wanted: string, { factors }: AccountState): FactorRecord[] {
    return factors
      .filter(({ kind }) => kind === wanted)
      .map((stored) => this.secretStorage.openFactor(stored));
  }

  /** @throws Problem NOT_FOUND when this kind does not serve this account. */
  requireOffered(kind: Kind, account: Account): void {
    if (!this.registry.serves(kind, account))
      throw new Problem('NOT_FOUND', 'This way is not offered to you.');
  }

  /** A new set of a recovery kind, not kept yet. */
  async issueCodes(account: Account, kind: RecoveryKind): Promise<IssuedCodes> {
    const { data, codes, json } = await kind.behaviour.issue(factorAccountOf(account));
    const row = this.newFactor(account, kind.definition.kind, kind.definition.kind, data);
    return { kind, row, left: kind.behaviour.left(data).left, codes, json };
  }

  /** New sets of every recovery kind the account lacks: the first primary factor hands them out. */
  issueMissingCodes(account: Account, accountState: AccountState): Promise<IssuedCodes[]> {
    const lacking = this.registry
      .recoveryKinds()
      .filter(({ definition }) => !accountState.factors.some(({ kind }) => kind === definition.kind));
    return Promise.all(lacking.map((kind) => this.issueCodes(account, kind)));
  }

  /**
   * The primary factor that a new one of this kind takes the place of: the one named; of a kind that an account has once the
   * one there is, as for somebody who may only replace where there is one. Undefined: it is added.
   * @throws Problem NOT_FOUND when the one named is no such factor; CONFLICT when there is no room for one more.
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
   * The first moves of every change: counts the set on, so that changes queue behind each other; uses up `spent`; and
   * voids whatever else was begun on the old set.
   * `to`: the version it then has, where that is not the next one.
   * @throws Problem CONFLICT when the set changed since it was read, or one of `spent` is no more.
   */
  async bumpVersion(stores: Stores, from: FactorSetChange, primaries: number, to?: number): Promise<void> {
    const { accountId, accountState, spent = [] } = from;
    if (!(await stores.factors.bumpVersion(accountId, accountState.set, primaries, to)))
      throw changedElsewhere();
    for (const ref of spent) {
      if (!(await stores.tokens.consume(ref, this.clock.now()))) throw changedElsewhere();
    }
    await stores.tokens.discard(accountId);
  }

  /** Keeps an issued set. */
  async insertIssuedCodes(
    stores: Stores,
    emit: Emit,
    { row, left }: IssuedCodes,
    sideEffects: EventSideEffects = {},
  ): Promise<void> {
    await stores.factors.insert(row);
    emit('two-factor.backup-codes.issued', { left }, sideEffects);
  }

  /** Takes one row away; told for primary factors, since a recovery set goes with what is told anyway. */
  async remove(
    stores: Stores,
    emit: Emit,
    factor: StoredFactor,
    sideEffects: EventSideEffects = {},
  ): Promise<void> {
    const { id, accountId, kind, label } = factor;
    await stores.factors.remove(id, accountId);
    if (this.registry.recovery(kind)) return;
    emit('two-factor.factor.removed', { kind, factorId: id, label }, sideEffects);
  }
}

function changedElsewhere(): Problem {
  return new Problem('CONFLICT', 'Two-factor was changed elsewhere meanwhile. Look at the page again.');
}
