import { Injectable } from '@nestjs/common';
import { FactorRegistry } from './factor-registry.js';
import { Standings } from './standing.js';
import type { StoredFactor } from './stores/factor.store.js';
import { Vault } from './vault.js';

/** How an account stands, told without secrets. Times are UTC ms. */
export interface TwoFactorStatus {
  readonly enabled: boolean;
  /** Stored data does not add up; the account is refused at sign-in until it is reset. */
  readonly damaged: boolean;
  readonly factors: readonly Pick<StoredFactor, 'id' | 'kind' | 'label' | 'createdAt' | 'lastUsedAt'>[];
  /** What is left of each recovery kind, by its JSON member, e.g. `backupCodesLeft`. */
  readonly left: Readonly<Record<string, number>>;
}

/** Reads the status of an account. */
@Injectable()
export class Overview {
  constructor(
    private readonly standings: Standings,
    private readonly registry: FactorRegistry,
    private readonly vault: Vault,
  ) {}

  async of(accountId: string): Promise<TwoFactorStatus> {
    const { enabled, damaged, factors } = await this.standings.of(accountId);
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind));
    return { enabled, damaged, factors: primaries.map(plain), left: this.leftOf(factors) };
  }

  /**
   * What is left of each recovery kind.
   * @throws DamagedFactor
   */
  leftOf(factors: readonly StoredFactor[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const stored of factors) {
      const act = this.registry.recovery(stored.kind)?.act;
      if (act) counts[act.leftField] = act.left(this.vault.openFactor(stored).data).left;
    }
    return counts;
  }
}

function plain({ id, kind, label, createdAt, lastUsedAt }: StoredFactor) {
  return { id, kind, label, createdAt, lastUsedAt };
}
