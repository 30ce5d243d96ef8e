import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { accountSubject } from '../rate-limits/attempts.js';
import { Problem } from '../common/errors.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import { FactorSets } from '../accounts/factor-sets.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { versionBehind, type Standing } from '../accounts/standing.js';
import type { EndSessions } from '../contracts/stores/event.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Units, type Tell } from '../outbox/units.js';

/**
 * Rows that were lost may have counted further than the flag knows, and sessions carry those versions. This is more than any account
 * changes its factors, so that none of them is met again.
 */
const LOST = 1_000_000;

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
    private readonly accounts: AccountDirectory,
    private readonly sessions: LoginSession,
    private readonly units: Units,
  ) {}

  /** Takes one primary factor away. With the last one, recovery factors go too: alone they protect nothing. */
  async remove(owner: Owner, factorId: string, origin: Origin): Promise<void> {
    const { factors, set } = owner.standing;
    const factor = factors.find(({ id, kind }) => id === factorId && this.registry.primary(kind));
    if (!factor) throw new Problem('NOT_FOUND', 'This factor is not there any more.');
    if (set.primaries <= 1) return this.disable(owner, origin);
    const version = set.version + 1;
    return this.change(owner, { version, origin }, async (stores, tell, endSessions) => {
      await this.sets.advance(stores, from(owner), set.primaries - 1);
      await this.sets.remove(stores, tell, factor, { notice: 'factor-removed', endSessions });
    });
  }

  /** All factors off, by their owner. */
  async disable(owner: Owner, origin: Origin): Promise<void> {
    if (!owner.standing.enabled) throw new Problem('CONFLICT', 'Two-factor is off already.');
    const version = await this.versionBehind(owner);
    return this.change(owner, { version, origin }, (stores, tell, endSessions) =>
      this.takeAll(owner, stores, tell, { notice: 'disabled', endSessions }),
    );
  }

  /**
   * All factors off, by staff or the command line; counts and waits too, and the host's flag where the rows behind it were
   * lost. False: there was nothing to reset.
   */
  async reset(owner: Owner, reason: string, origin: Origin): Promise<boolean> {
    const { set, factors, flag } = owner.standing;
    if (set.primaries === 0 && factors.length === 0 && !flag) return false;
    const version = await this.versionBehind(owner);
    await this.change(owner, { version, origin }, async (stores, tell, endSessions) => {
      await this.takeAll(owner, stores, tell, { endSessions });
      await stores.attempts.clear(accountSubject(owner.account.id));
      tell('two-factor.reset', { mode: 'disable', reason }, { notice: 'reset' });
    });
    return true;
  }

  private async takeAll(owner: Owner, stores: Stores, tell: Tell, followUp: Following): Promise<void> {
    const { version } = followUp.endSessions;
    await this.sets.advance(stores, from(owner), 0, version);
    for (const factor of owner.standing.factors) await this.sets.remove(stores, tell, factor);
    tell('two-factor.disabled', { version }, { ...followUp, lowerGate: { version } });
  }

  private async versionBehind({ account, standing: { set, flag } }: Owner): Promise<number> {
    const next = versionBehind(set, await this.accounts.protection(account.id));
    const wereLost = flag?.state === 'stray' || next > set.version + 1;
    return wereLost ? next + LOST : next;
  }

  private async change({ account, keepKey }: Owner, { version, origin }: Step, work: Work): Promise<void> {
    const ending = { keepKey, version };
    await this.units.run({ accountId: account.id, origin }, (stores, tell) => work(stores, tell, ending));
    await this.sessions.endOthers(account.id, keepKey, version);
  }
}

/** A change of the set: the version it then has, and where it comes from. */
interface Step {
  readonly version: number;
  readonly origin: Origin;
}

interface Following {
  readonly notice?: string;
  readonly endSessions: EndSessions;
}

type Work = (stores: Stores, tell: Tell, ending: EndSessions) => Promise<void>;

function from({ account, standing }: Owner) {
  return { accountId: account.id, standing };
}
