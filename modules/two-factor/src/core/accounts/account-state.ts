import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { FactorRegistry } from './factor-registry.js';
import { AccountDirectory, type ProtectionFlag } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { FactorSet, StoredFactor } from '../contracts/stores/factor.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** The host's flag, where it is raised although no factor protects the account. */
export interface UnmatchedFlag {
  readonly version: number;
  /**
   * `lowering`: two-factor was turned off, and the flag follows. `raising`: an enrolment raised it and has not committed.
   * `stray`: neither, so rows of the module were lost.
   */
  readonly state: 'lowering' | 'raising' | 'stray';
  /** When the enrolment raised it; null unless `raising`. UTC ms. */
  readonly since: number | null;
}

/** Where an account stands: what it must have, and what it has. */
export interface AccountState {
  readonly set: FactorSet;
  readonly factors: readonly StoredFactor[];
  /** At least one primary factor is on. */
  readonly enabled: boolean;
  /** Rows are missing, surplus or of a kind nobody knows: must deny, never read as "no two-factor". */
  readonly damaged: boolean;
  /** The host's flag where `enabled` is false; null where it is lowered, or was not asked. */
  readonly flag: UnmatchedFlag | null;
}

/** Reads standings. */
@Injectable()
export class AccountStateReader {
  constructor(
    private readonly stores: Stores,
    private readonly registry: FactorRegistry,
    private readonly accounts: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  /** How the account stands now. Where no factor protects it, the host's flag is asked too. */
  async load(accountId: string): Promise<AccountState> {
    const read = await this.stores.factors.load(accountId);
    if (read.set.primaryCount > 0) return this.fromRows(read);
    const flag = await this.flagOf(accountId, read.set);
    if (flag?.state !== 'stray') return this.fromRows(read, flag);
    // An enrolment that committed behind the first look raised the flag and took its note away.
    const { set } = await this.stores.factors.load(accountId);
    return set.version === read.set.version ? this.fromRows(read, flag) : this.load(accountId);
  }

  /** What an account row and factors, just read, mean; `flag`: what the host's flag says. */
  fromRows(
    { set, factors }: Pick<AccountState, 'set' | 'factors'>,
    flag: UnmatchedFlag | null = null,
  ): AccountState {
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind) !== undefined).length;
    const unknown = factors.some(({ kind }) => this.registry.find(kind) === undefined);
    const damaged = unknown || primaries !== set.primaryCount || flag?.state === 'stray';
    return { set, factors, enabled: set.primaryCount > 0, damaged, flag };
  }

  private async flagOf(accountId: string, set: FactorSet): Promise<UnmatchedFlag | null> {
    const raised = await this.accounts.getProtection(accountId);
    if (!raised) return null;
    const { version } = raised;
    // Every change counts the set on, and the flag was raised with the version that its enrolment was to have: 1 at least.
    if (version >= 1 && version <= set.version) return { version, state: 'lowering', since: null };
    const [begun] = await this.stores.tokens.list({ purpose: 'flag', accountId }, this.clock.now());
    return { version, state: begun ? 'raising' : 'stray', since: begun?.createdAt ?? null };
  }
}

/** A version newer than the set's and than the host's flag, which is ahead where rows were lost or an old backup was restored. */
export function versionBehind(set: FactorSet, flag: ProtectionFlag | null): number {
  // A version that a host keeps badly must not keep a reset from working.
  return Math.max(set.version, Number(flag?.version) || 0) + 1;
}

/**
 * Changes with password, e-mail, role, suspension and factors: what a token is bound to. Hashed, since a host may make
 * its stamp of something that must not lie in another table.
 */
export function stampOf({ stamp }: Account, { version }: FactorSet): string {
  return createHash('sha256')
    .update(JSON.stringify([stamp, version]))
    .digest('base64url');
}
