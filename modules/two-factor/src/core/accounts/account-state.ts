import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { FactorRegistry } from './factor-registry.js';
import { AccountDirectory, type ProtectionFlag } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { FactorSet, StoredFactor } from '../contracts/stores/factor.store.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token } from '../contracts/stores/token.store.js';

/** The host's protection flag, where it is set although no factor protects the account. */
export interface UnmatchedFlag {
  readonly version: number;
  /**
   * `lowering`: two-factor was turned off, and the flag has not followed yet. `raising`: an enrollment set it and has
   * not committed. `stray`: neither, so rows of the module were lost.
   */
  readonly state: 'lowering' | 'raising' | 'stray';
  /** When the enrollment set the flag, UTC ms; null unless `raising`. */
  readonly since: number | null;
}

/** The two-factor state of an account: the factors that it must have, and those that it has. */
export interface AccountState {
  readonly set: FactorSet;
  readonly factors: readonly StoredFactor[];
  /** At least one primary factor is on. */
  readonly enabled: boolean;
  /** Rows are missing, surplus or of an unknown kind. The account must be denied; this never means "no two-factor". */
  readonly damaged: boolean;
  /** A reset by staff took all factors: the next sign-in must set one up, whatever the policy requires. */
  readonly mustEnroll: boolean;
  /** The code that staff handed out for one sign-in, while it is open. Only sign-ins load it. */
  readonly oneTimeCode?: Token | undefined;
  /** The host's flag where `enabled` is false; null where it is cleared or was not read. */
  readonly flag: UnmatchedFlag | null;
}

/** Loads account states. */
@Injectable()
export class AccountStateReader {
  constructor(
    private readonly stores: Stores,
    private readonly registry: FactorRegistry,
    private readonly accounts: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  /** The host's account; null when it does not exist, or may not sign in. */
  account(accountId: string): Promise<Account | null> {
    return this.accounts.find(accountId);
  }

  /** The newest lock-down that has not ended, and the name of its event; null: none. */
  async lockDown(accountId: string): Promise<{ readonly at: number; readonly event: string } | null> {
    const lockDowns = await this.stores.lockDowns.list(accountId);
    const open = lockDowns.find(({ releasedAt }) => releasedAt === null);
    return open ? { at: open.createdAt, event: open.eventName } : null;
  }

  /** The version of a change that leaves the account without a factor: newer than the set's and the host flag's. */
  async versionToTurnOff(accountId: string, set: FactorSet): Promise<number> {
    return versionBehind(set, await this.accounts.getProtection(accountId));
  }

  /** Loads the current state. Where no factor protects the account, it reads the host's flag too. */
  async load(accountId: string): Promise<AccountState> {
    const read = await this.stores.factors.load(accountId);
    if (read.set.primaryCount > 0) return this.fromRows(read);
    const flag = await this.flagOf(accountId, read.set);
    if (flag?.state !== 'stray') return this.fromRows(read, flag);
    // An enrollment that committed after the first read has set the flag and removed its note.
    const { set } = await this.stores.factors.load(accountId);
    return set.version === read.set.version ? this.fromRows(read, flag) : this.load(accountId);
  }

  /** The account state for a row and factors that were just read. `flag`: the state of the host's flag. */
  fromRows(
    { set, factors }: Pick<AccountState, 'set' | 'factors'>,
    flag: UnmatchedFlag | null = null,
  ): AccountState {
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind) !== undefined).length;
    const unknown = factors.some(({ kind }) => this.registry.find(kind) === undefined);
    const damaged = unknown || primaries !== set.primaryCount || flag?.state === 'stray';
    const enabled = set.primaryCount > 0;
    return { set, factors, enabled, damaged, mustEnroll: isReEnrolling(set), oneTimeCode: undefined, flag };
  }

  /** The same state with the code that staff handed out, where it is open. It costs a statement after such a reset only. */
  async withOneTimeCode(account: Account, accountState: AccountState): Promise<AccountState> {
    const { set } = accountState;
    if (set.reset !== 'one-time-code') return accountState;
    const of = { purpose: 'one-time-code', accountId: account.id } as const;
    const stamp = stampOf(account, set);
    const tokens = await this.stores.tokens.list(of, this.clock.now());
    return { ...accountState, oneTimeCode: tokens.find((token) => token.stamp === stamp) };
  }

  private async flagOf(accountId: string, set: FactorSet): Promise<UnmatchedFlag | null> {
    const raised = await this.accounts.getProtection(accountId);
    if (!raised) return null;
    const { version } = raised;
    // Every change increments the version of the set. The flag was set with the version after its enrollment, which is
    // at least 1.
    if (version >= 1 && version <= set.version)
      return isReEnrolling(set) ? null : { version, state: 'lowering', since: null };
    const [begun] = await this.stores.tokens.list({ purpose: 'flag', accountId }, this.clock.now());
    return { version, state: begun ? 'raising' : 'stray', since: begun?.createdAt ?? null };
  }
}

/** The flag of such an account stays set, although no factor protects it. */
function isReEnrolling({ primaryCount, reset }: FactorSet): boolean {
  return primaryCount === 0 && reset === 're-enrol';
}

/**
 * Lost rows may have had a higher version than the flag, and sessions contain these versions. No account changes its
 * factors this often, so the new version is unused.
 */
const LOST = 1_000_000;

/** A version for the removal of all factors that no session has, even where rows were lost. */
export function unusedVersion({ set, flag }: AccountState, raised: ProtectionFlag | null): number {
  const next = versionBehind(set, raised);
  const wereLost = flag?.state === 'stray' || next > set.version + 1;
  return wereLost ? next + LOST : next;
}

/**
 * A version newer than the set's and the host flag's. The flag is ahead where rows were lost or an old backup was
 * restored.
 */
export function versionBehind(set: FactorSet, flag: ProtectionFlag | null): number {
  // A host that stores an invalid version must not prevent a reset.
  return Math.max(set.version, Number(flag?.version) || 0) + 1;
}

/**
 * The value that tokens are bound to. It changes with password, e-mail address, role, suspension and factors. It is
 * hashed, because a host's stamp may contain values that must not be stored in another table.
 */
export function stampOf({ stamp }: Account, { version }: Pick<FactorSet, 'version'>): string {
  return createHash('sha256')
    .update(JSON.stringify([stamp, version]))
    .digest('base64url');
}
