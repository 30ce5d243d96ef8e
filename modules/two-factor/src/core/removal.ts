import { Injectable } from '@nestjs/common';
import type { Account } from './account.js';
import { accountSubject } from './attempts.js';
import { Problem } from './errors.js';
import { FactorRegistry } from './factor-registry.js';
import { FactorSets } from './factor-sets.js';
import type { Origin } from './origin.js';
import { Clock } from './ports/clock.js';
import { LoginSession } from './ports/login-session.js';
import type { Standing } from './standing.js';
import type { Stores } from './stores/stores.js';
import { Units, type Tell } from './units.js';

/** Whose factors go, and which session stays. */
export interface Owner {
  readonly account: Account;
  readonly standing: Standing;
  /** Null: every session ends. */
  readonly keepKey: string | null;
}

/** Taking factors away: one, all by their owner, all by staff or the command line. */
@Injectable()
export class Removal {
  constructor(
    private readonly sets: FactorSets,
    private readonly registry: FactorRegistry,
    private readonly sessions: LoginSession,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  /** Takes one primary factor away. With the last one, recovery factors go too: alone they protect nothing. */
  async remove(owner: Owner, factorId: string, origin: Origin): Promise<void> {
    const { factors, set } = owner.standing;
    const factor = factors.find(({ id, kind }) => id === factorId && this.registry.primary(kind));
    if (!factor) throw new Problem('NOT_FOUND', 'This factor is not there any more.');
    if (set.primaries <= 1) return this.disable(owner, origin);
    return this.change(owner, origin, async (stores, tell) => {
      await this.sets.advance(stores, from(owner), set.primaries - 1);
      await this.sets.remove(stores, tell, factor, { notice: 'factor-removed', ...ending(owner) });
    });
  }

  /** All factors off, by their owner. */
  async disable(owner: Owner, origin: Origin): Promise<void> {
    if (!owner.standing.enabled) throw new Problem('CONFLICT', 'Two-factor is off already.');
    return this.change(owner, origin, (stores, tell) => this.takeAll(owner, stores, tell, 'disabled'));
  }

  /** All factors off, by staff or the command line; counts and waits too. False: there was nothing to reset. */
  async reset(owner: Owner, reason: string, origin: Origin): Promise<boolean> {
    const { set, factors } = owner.standing;
    if (set.primaries === 0 && factors.length === 0) return false;
    await this.change(owner, origin, async (stores, tell) => {
      await this.takeAll(owner, stores, tell);
      await stores.attempts.clear(accountSubject(owner.account.id));
      tell('two-factor.reset', { mode: 'disable', reason }, { notice: 'reset' });
    });
    return true;
  }

  private async takeAll(owner: Owner, stores: Stores, tell: Tell, notice?: string): Promise<void> {
    const version = owner.standing.set.version + 1;
    await this.sets.advance(stores, from(owner), 0);
    for (const factor of owner.standing.factors) await this.sets.remove(stores, tell, factor);
    tell('two-factor.disabled', { version }, { notice, lowerGate: { version }, ...ending(owner) });
  }

  private async change(owner: Owner, origin: Origin, work: (stores: Stores, tell: Tell) => Promise<void>) {
    const { account, keepKey } = owner;
    await this.units.run({ accountId: account.id, origin }, work);
    await this.sessions.endOthers(account.id, keepKey, this.clock.now());
  }
}

function from({ account, standing }: Owner) {
  return { accountId: account.id, standing };
}

function ending({ keepKey }: Owner) {
  return { endSessions: { keepKey } };
}
