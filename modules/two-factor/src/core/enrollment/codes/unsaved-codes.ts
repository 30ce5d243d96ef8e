import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../common/account.js';
import { DamagedFactor } from '../../common/errors.js';
import type { View } from '../../contracts/factor.js';
import { Clock } from '../../contracts/ports/clock.js';
import { stampOf, type AccountState } from '../../accounts/account-state.js';
import type { RecoveryKind } from '../../accounts/factor-registry.js';
import type { IssuedCodes } from '../../accounts/factor-set-writer.js';
import type { StoredFactor } from '../../contracts/stores/factor.store.js';
import { Stores } from '../../contracts/stores/stores.js';
import type { Token, TokenRef } from '../../contracts/stores/token.store.js';
import { SecretStorage } from '../../encryption/secret-storage.js';
import type { SetUpFacts } from '../enrollment-results.js';

const MINUTE = 60_000;
/** How long new codes are shown. */
const LIFETIME = 15 * MINUTE;
/** How long the owner is told that the codes were not saved. */
const NOTE_LIFETIME = 365 * 24 * 60 * MINUTE;

/** The owner of new codes, and the session that sees them. */
export interface CodesOwner {
  readonly account: Account;
  readonly accountState: AccountState;
  readonly key: string;
}

/** New codes that their owner can see again. */
export interface ShownCodes extends Pick<IssuedCodes, 'codes' | 'json' | 'left'> {
  /** The recovery kind. */
  readonly kind: string;
  /** The id of the stored set. */
  readonly setId: string;
  /** The set-up that issued them, if one did. */
  readonly setUp: SetUpFacts | null;
  /** UTC ms. */
  readonly createdAt: number;
}

/** A new set that is not valid yet: the old one stays until the new one is shown. */
export interface WaitingSet {
  readonly ref: TokenRef;
  readonly issue: IssuedCodes;
}

type Sealed = Pick<ShownCodes, 'codes' | 'json' | 'left'>;

/**
 * New recovery codes, encrypted and bound to account and session. They are shown until their owner says that they are
 * saved, for at most 15 minutes. A note without codes remains until then.
 */
@Injectable()
export class UnsavedCodes {
  constructor(
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Keeps the codes of a set, in the transaction that makes the set valid. */
  async keep({ tokens }: Stores, owner: CodesOwner, issue: IssuedCodes, setUp?: SetUpFacts) {
    const subtype = issue.kind.definition.kind;
    const { codes, json, left, row } = issue;
    const bound = { key: owner.key, subtype, stamp: row.id };
    await tokens.insert(this.token(owner, 'codes', bound, { codes, json, left, setUp: setUp ?? null }));
    await tokens.insert(this.note(owner, subtype, row.id));
  }

  /** Removes the codes and the note of a kind, whose set has ended or was saved. */
  async forget({ tokens }: Pick<Stores, 'tokens'>, accountId: string, kind: string): Promise<void> {
    const now = this.clock.now();
    for (const token of await tokens.list({ purpose: 'codes', accountId }, now))
      if (token.subtype === kind) await tokens.consume(token, now);
  }

  /** The codes of a kind, for the session that made them; null when they ended, were saved or replaced. */
  async find({ account, accountState, key }: CodesOwner, kind: string): Promise<ShownCodes | null> {
    const of = { purpose: 'codes', accountId: account.id, key, subtype: kind } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    if (!token || !accountState.factors.some(({ id }) => id === token.stamp)) return null;
    return this.shown(token);
  }

  /** The codes of all kinds that this session just made. The account state may be older than they are. */
  async ofSession(accountId: string, key: string): Promise<readonly ShownCodes[]> {
    const tokens = await this.stores.tokens.list({ purpose: 'codes', accountId }, this.clock.now());
    const own = tokens.filter((token) => token.key === key && token.sealed !== null);
    return own.flatMap((token) => this.shown(token) ?? []);
  }

  /** The kinds whose codes the owner has not saved yet, or has not seen yet. */
  async kinds({ account, accountState, key }: CodesOwner): Promise<ReadonlySet<string>> {
    const [accountId, now] = [account.id, this.clock.now()];
    const notes = await this.stores.tokens.list({ purpose: 'codes', accountId }, now);
    const noted = notes.filter(
      ({ key: of, stamp }) => of === '' && accountState.factors.some(({ id }) => id === stamp),
    );
    const waiting = await this.stores.tokens.list({ purpose: 'new-codes', accountId }, now);
    const own = waiting.filter(
      (token) => token.key === key && token.stamp === stampOf(account, accountState.set),
    );
    return new Set([...noted, ...own].map(({ subtype }) => subtype));
  }

  /**
   * The owner says that the codes are saved. `setId`: the set that they saw; false when a newer one exists, which stays
   * unsaved.
   */
  async save({ account, accountState }: CodesOwner, kind: string, setId?: string): Promise<boolean> {
    const stored = accountState.factors.find((factor) => factor.kind === kind);
    if (setId !== undefined && stored && stored.id !== setId) return false;
    await this.forget(this.stores, account.id, kind);
    return true;
  }

  /** Keeps a new set that is not valid yet. */
  async wait(owner: CodesOwner, { kind, row, left, codes, json }: IssuedCodes): Promise<void> {
    const stamp = stampOf(owner.account, owner.accountState.set);
    const bound = { key: owner.key, subtype: kind.definition.kind, stamp };
    await this.stores.tokens.insert(this.token(owner, 'new-codes', bound, { row, left, codes, json }));
  }

  /** The new set of this session that waits to be shown; null also when the account has changed since. */
  async waiting({ account, accountState, key }: CodesOwner, kind: RecoveryKind): Promise<WaitingSet | null> {
    const of = { purpose: 'new-codes', accountId: account.id, key, subtype: kind.definition.kind } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    if (token?.stamp !== stampOf(account, accountState.set)) return null;
    const opened = this.opened<Sealed & { readonly row: StoredFactor }>(token);
    return (
      opened && {
        ref: { id: token.id, purpose: 'new-codes', accountId: account.id },
        issue: { ...opened, kind },
      }
    );
  }

  private shown(token: Token): ShownCodes | null {
    const opened = this.opened<Sealed & { readonly setUp: SetUpFacts | null }>(token);
    const { subtype, stamp, createdAt } = token;
    return opened && { ...opened, kind: subtype, setId: stamp, createdAt };
  }

  /** Codes that cannot be decrypted are shown as ended: their owner can make new ones. */
  private opened<T extends View>(token: Token): T | null {
    try {
      return this.secretStorage.openToken(token) as T;
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }

  private token(
    { account }: CodesOwner,
    purpose: 'codes' | 'new-codes',
    bound: Pick<Token, 'key' | 'subtype' | 'stamp'>,
    data: View,
  ): Token {
    const ref = { id: randomUUID(), accountId: account.id };
    const createdAt = this.clock.now();
    const sealed = this.secretStorage.sealToken(data, ref);
    return { ...ref, ...bound, purpose, sealed, misses: 0, createdAt, expiresAt: createdAt + LIFETIME };
  }

  private note({ account }: CodesOwner, subtype: string, setId: string): Token {
    const createdAt = this.clock.now();
    const bound = { id: randomUUID(), accountId: account.id, key: '', subtype, stamp: setId };
    const expiresAt = createdAt + NOTE_LIFETIME;
    return { ...bound, purpose: 'codes', sealed: null, misses: 0, createdAt, expiresAt };
  }
}
