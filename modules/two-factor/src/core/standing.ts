import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from './account.js';
import { FactorRegistry } from './factor-registry.js';
import type { FactorSet, StoredFactor } from './stores/factor.store.js';
import { Stores } from './stores/stores.js';

/** Where an account stands: what it must have, and what it has. */
export interface Standing {
  readonly set: FactorSet;
  readonly factors: readonly StoredFactor[];
  /** At least one primary factor is on. */
  readonly enabled: boolean;
  /** Rows are missing, surplus or of a kind nobody knows: must deny, never read as "no two-factor". */
  readonly damaged: boolean;
}

/** Reads standings. */
@Injectable()
export class Standings {
  constructor(
    private readonly stores: Stores,
    private readonly registry: FactorRegistry,
  ) {}

  async of(accountId: string): Promise<Standing> {
    return this.read(await this.stores.factors.ofAccount(accountId));
  }

  /** What an account row and factors, just read, mean. */
  read({ set, factors }: Pick<Standing, 'set' | 'factors'>): Standing {
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind) !== undefined).length;
    const unknown = factors.some(({ kind }) => this.registry.find(kind) === undefined);
    return { set, factors, enabled: set.primaries > 0, damaged: unknown || primaries !== set.primaries };
  }
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
