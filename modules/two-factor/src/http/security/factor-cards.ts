import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { Account } from '../../core/common/account.js';
import { DamagedFactor } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import { factorAccountOf } from '../../core/contracts/proof-filter.js';
import type { StoredFactor } from '../../core/contracts/stores/factor.store.js';
import { SecretStorage } from '../../core/encryption/secret-storage.js';
import { Routes } from '../response/routes.js';

/** The cards of the Security page, one for each factor. */
@Injectable()
export class FactorCards {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly translator: Translator,
    private readonly routes: Routes,
  ) {}

  /** The kinds that can be set up; `returnTo`: the page after the set-up. */
  choices(account: Account, factors: readonly StoredFactor[], returnTo: string | undefined) {
    return this.registry.addable(account, factors).map(({ definition: { kind } }) => ({
      kind,
      has: factors.some((factor) => factor.kind === kind),
      href: this.routes.setUp(false, kind, '', { returnTo }),
    }));
  }

  /** Those that answer a challenge; the others are recovery sets. */
  primary(factors: readonly StoredFactor[]): StoredFactor[] {
    return factors.filter(({ kind }) => this.registry.primary(kind));
  }

  /** The cards of the primary factors, each with a title of its own. */
  cards(request: Request, account: Account, factors: readonly StoredFactor[]) {
    const titles = titlesOf(factors);
    return factors.map((factor, place) => ({
      ...this.card(factor, account),
      title: titles[place],
      named: factor.label !== this.translator.text(request, `${factor.kind}.name`),
    }));
  }

  /** The kind's facts for the card; empty if the data cannot be opened. It can still be removed on the page. */
  facts(factor: StoredFactor): View {
    const behaviour = this.registry.primary(factor.kind)?.behaviour;
    if (!behaviour?.describe) return {};
    try {
      return behaviour.describe(this.secretStorage.openFactor(factor).data);
    } catch (error) {
      if (error instanceof DamagedFactor) return {};
      throw error;
    }
  }

  /**
   * What the browser of the owner is told, for each kind that the owner can use. Nothing is told if the data cannot be opened,
   * because the list would lack a factor.
   */
  signals(account: Account, factors: readonly StoredFactor[]): { kind: string; signal: View }[] {
    return this.registry.offered(account).flatMap(({ definition: { kind }, behaviour }) => {
      try {
        const own = factors.filter((factor) => factor.kind === kind);
        const records = own.map((factor) => this.secretStorage.openFactor(factor));
        const signal = behaviour.signal?.(factorAccountOf(account), records);
        return signal ? [{ kind, signal }] : [];
      } catch (error) {
        if (error instanceof DamagedFactor) return [];
        throw error;
      }
    });
  }

  /** The cards of the recovery sets. */
  recoveries(factors: readonly StoredFactor[]) {
    return factors.flatMap((factor) => {
      const known = this.registry.recovery(factor.kind);
      if (!known) return [];
      const { kind, createdAt } = factor;
      const count = known.behaviour.left(this.secretStorage.openFactor(factor).data);
      return [{ ...count, kind, createdAt, view: `${kind}/card`, renew: this.routes.setUp(false, kind) }];
    });
  }

  /** The number of unused codes, by the name of each kind's field. */
  left(factors: readonly StoredFactor[]): Record<string, number> {
    const entries = factors.flatMap((factor) => {
      const known = this.registry.recovery(factor.kind);
      if (!known) return [];
      const { left } = known.behaviour.left(this.secretStorage.openFactor(factor).data);
      return [[known.behaviour.leftField, left] as const];
    });
    return Object.fromEntries(entries);
  }

  /** A factor that its owner cannot use any more can only be renamed or removed. */
  private card(factor: StoredFactor, account: Account) {
    const isUsable = this.registry.usable(account, [factor]).length > 0;
    const { id, kind, label, createdAt, lastUsedAt } = factor;
    return {
      ...{ id, kind, label, createdAt, lastUsedAt, view: `${kind}/card`, facts: this.facts(factor) },
      replace: isUsable && this.routes.setUp(false, kind, '', { replaces: id }),
      rename: `${this.routes.factor(id)}/rename`,
      remove: `${this.routes.factor(id)}/remove`,
    };
  }
}

/** The names of the factors; the second of the same name has the number 2. */
function titlesOf(factors: readonly StoredFactor[]): string[] {
  const seen = new Map<string, number>();
  return factors.map(({ label }) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} (${count})`;
  });
}
