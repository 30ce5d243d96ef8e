import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import type { RecoveryKind } from '../accounts/factor-registry.js';
import { FactorSets, type Issue } from '../accounts/factor-sets.js';
import type { Origin } from '../common/origin.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import type { Owner } from './removal.js';
import { Units } from '../outbox/units.js';

/** A new set of a recovery kind in place of the old one. */
@Injectable()
export class Renewal {
  constructor(
    private readonly sets: FactorSets,
    private readonly sessions: LoginSession,
    private readonly units: Units,
  ) {}

  /** @throws Problem CONFLICT while there is no primary factor: a recovery factor alone protects nothing. */
  async renew(owner: Owner, kind: RecoveryKind, origin: Origin): Promise<Issue> {
    const { account, standing, keepKey } = owner;
    if (!standing.enabled) throw new Problem('CONFLICT', 'Turn two-factor on first.');
    const issue = await this.sets.issue(account, kind);
    const old = standing.factors.filter((factor) => factor.kind === kind.card.kind);
    const ending = { keepKey, version: standing.set.version + 1 };
    await this.units.run({ accountId: account.id, origin }, async (stores, tell) => {
      await this.sets.advance(stores, { accountId: account.id, standing }, standing.set.primaries);
      for (const factor of old) await this.sets.remove(stores, tell, factor);
      await this.sets.keep(stores, tell, issue, { notice: 'backup-codes-issued', endSessions: ending });
    });
    await this.sessions.endOthers(account.id, keepKey, ending.version);
    return issue;
  }
}
