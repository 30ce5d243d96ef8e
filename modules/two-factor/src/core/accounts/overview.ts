import { Injectable } from '@nestjs/common';
import { DamagedFactor } from '../common/errors.js';
import { FactorRegistry } from './factor-registry.js';
import { Standings } from './standing.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import { Vault } from '../encryption/vault.js';

/** How an account stands, told without secrets. Times are UTC ms. */
export interface TwoFactorStatus {
  readonly enabled: boolean;
  /** Stored data does not add up; the account is refused at sign-in until it is reset. */
  readonly damaged: boolean;
  readonly factors: readonly Pick<StoredFactor, 'id' | 'kind' | 'label' | 'createdAt' | 'lastUsedAt'>[];
  /** What is left of each recovery kind, by its JSON member, e.g. `backupCodesLeft`. */
  readonly left: Readonly<Record<string, number>>;
  /** The recovery sets, e.g. backup codes: how many are left, of how many. A set that cannot be opened is left out. */
  readonly recoveries: readonly {
    readonly kind: string;
    readonly left: number;
    readonly of: number;
    readonly createdAt: number;
  }[];
}

type RecoverySet = TwoFactorStatus['recoveries'][number] & { readonly field: string };

/** Reads the status of an account. */
@Injectable()
export class Overview {
  constructor(
    private readonly standings: Standings,
    private readonly registry: FactorRegistry,
    private readonly vault: Vault,
  ) {}

  /** Never fails for damaged data: whoever asks wants to know of it. */
  async of(accountId: string): Promise<TwoFactorStatus> {
    const { enabled, damaged, factors } = await this.standings.of(accountId);
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind));
    const sets = factors.flatMap((stored) => this.recoverySet(stored));
    const { left, recoveries } = told(sets.filter((set) => set !== null));
    return {
      enabled,
      damaged: damaged || sets.includes(null),
      factors: primaries.map(plain),
      left,
      recoveries,
    };
  }

  /** Does reading this medium, e.g. `mail` or `phone`, bring the account's second factor? */
  async reachedBy(medium: string, accountId: string): Promise<boolean> {
    return this.registry.reachedBy(medium, (await this.standings.of(accountId)).factors);
  }

  /** None for other kinds, null for a set that cannot be opened. */
  private recoverySet(stored: StoredFactor): (RecoverySet | null)[] {
    const { kind, createdAt } = stored;
    const act = this.registry.recovery(kind)?.act;
    if (!act) return [];
    try {
      return [{ ...act.left(this.vault.openFactor(stored).data), kind, createdAt, field: act.leftField }];
    } catch (error) {
      if (error instanceof DamagedFactor) return [null];
      throw error;
    }
  }
}

function told(sets: readonly RecoverySet[]): Pick<TwoFactorStatus, 'left' | 'recoveries'> {
  return {
    left: Object.fromEntries(sets.map(({ field, left }) => [field, left])),
    recoveries: sets.map(({ kind, left, of, createdAt }) => ({ kind, left, of, createdAt })),
  };
}

function plain({ id, kind, label, createdAt, lastUsedAt }: StoredFactor) {
  return { id, kind, label, createdAt, lastUsedAt };
}
