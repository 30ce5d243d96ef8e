import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import type { RecoveryKind } from '../accounts/factor-registry.js';
import { FactorSetWriter, type IssuedCodes } from '../accounts/factor-set-writer.js';
import type { Origin } from '../common/origin.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import type { SignedInOwner } from './factor-removal.js';
import { Transactions } from '../outbox/transactions.js';

/** Replaces the set of a recovery kind by a new one. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly sets: FactorSetWriter,
    private readonly sessions: LoginSession,
    private readonly transactions: Transactions,
  ) {}

  /** @throws Problem CONFLICT while there is no primary factor, because a recovery factor alone protects nothing. */
  async regenerate(owner: SignedInOwner, kind: RecoveryKind, origin: Origin): Promise<IssuedCodes> {
    const { account, accountState, keepKey } = owner;
    if (!accountState.enabled) throw new Problem('CONFLICT', 'Turn two-factor on first.');
    const issue = await this.sets.issueCodes(account, kind);
    const old = accountState.factors.filter((factor) => factor.kind === kind.definition.kind);
    const ending = { keepKey, version: accountState.set.version + 1 };
    await this.transactions.run({ accountId: account.id, origin }, async (stores, emit) => {
      await this.sets.bumpVersion(
        stores,
        { accountId: account.id, accountState },
        accountState.set.primaryCount,
      );
      for (const factor of old) await this.sets.remove(stores, emit, factor);
      await this.sets.insertIssuedCodes(stores, emit, issue, {
        notice: kind.definition.notices?.issued ?? 'recovery-codes-issued',
        endSessions: ending,
      });
    });
    await this.sessions.endOthers(account.id, keepKey, ending.version);
    return issue;
  }
}
