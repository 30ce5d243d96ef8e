import { Injectable } from '@nestjs/common';
import { Problem } from '../../common/errors.js';
import type { RecoveryKind } from '../../accounts/factor-registry.js';
import { FactorSetWriter, type IssuedCodes } from '../../accounts/factor-set-writer.js';
import type { Origin } from '../../common/origin.js';
import { LoginSession } from '../../contracts/ports/login-session.js';
import type { SignedInOwner } from '../factor-removal.js';
import { Transactions } from '../../outbox/transactions.js';
import { UnsavedCodes, type CodesOwner, type ShownCodes, type WaitingSet } from './unsaved-codes.js';

/** Replaces the set of a recovery kind by a new one. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly sets: FactorSetWriter,
    private readonly sessions: LoginSession,
    private readonly transactions: Transactions,
    private readonly unsaved: UnsavedCodes,
  ) {}

  /**
   * Makes a new set that is valid at once.
   * @throws Problem CONFLICT while there is no primary factor, because a recovery factor alone protects nothing.
   */
  async regenerate(owner: SignedInOwner, kind: RecoveryKind, origin: Origin): Promise<IssuedCodes> {
    requireEnabled(owner);
    const issue = await this.sets.issueCodes(owner.account, kind);
    await this.replace(owner, { issue }, origin);
    return issue;
  }

  /**
   * Makes a new set that becomes valid when it is shown. While this session has an unsaved set, that one remains.
   * @throws Problem CONFLICT as above.
   */
  async prepare(owner: CodesOwner, kind: RecoveryKind): Promise<void> {
    requireEnabled(owner);
    if (await this.isUnsaved(owner, kind)) return;
    await this.unsaved.wait(owner, await this.sets.issueCodes(owner.account, kind));
  }

  /** Whether this session has a set that it can still see, or that waits to be shown. */
  async isUnsaved(owner: CodesOwner, kind: RecoveryKind): Promise<boolean> {
    if (await this.unsaved.find(owner, kind.definition.kind)) return true;
    return (await this.unsaved.waiting(owner, kind)) !== null;
  }

  /**
   * The codes of this session that are not saved. The first call makes a waiting set valid, and the old one void. Null
   * when there are none.
   */
  async show(owner: CodesOwner, kind: RecoveryKind, origin: Origin): Promise<ShownCodes | null> {
    const waiting = await this.unsaved.waiting(owner, kind);
    if (waiting && owner.accountState.enabled) await this.activate(owner, waiting, origin);
    const own = await this.unsaved.ofSession(owner.account.id, owner.key);
    if (waiting) return own.find((shown) => shown.kind === kind.definition.kind) ?? null;
    return this.unsaved.find(owner, kind.definition.kind);
  }

  /** A set that an equal request has just made valid stays valid. */
  private async activate(owner: CodesOwner, waiting: WaitingSet, origin: Origin): Promise<void> {
    try {
      await this.replace({ ...owner, keepKey: owner.key }, waiting, origin);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'CONFLICT') throw error;
    }
  }

  /** The codes of a set that waited are kept for its session. */
  private async replace(
    { account, accountState, keepKey }: SignedInOwner,
    { issue, ref }: Pick<WaitingSet, 'issue'> & Partial<WaitingSet>,
    origin: Origin,
  ): Promise<void> {
    const [accountId, { set, factors }] = [account.id, accountState];
    const { kind, notices } = issue.kind.definition;
    const by = keepKey === null ? undefined : { account, key: keepKey };
    const old = factors.filter((factor) => factor.kind === kind);
    const ending = { keepKey, version: set.version + 1 };
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      const change = { accountId, accountState, spent: ref ? [ref] : [], by };
      await this.sets.bumpVersion(stores, change, set.primaryCount);
      await this.unsaved.forget(stores, accountId, kind);
      for (const factor of old) await this.sets.remove(stores, emit, factor, { replacedBy: issue.row.id });
      const added = { added: [issue.row.id], wasOff: false };
      const effects = { notice: notices?.issued ?? 'recovery-codes-issued', endSessions: ending, added };
      await this.sets.insertIssuedCodes(stores, emit, issue, effects);
      if (ref && keepKey !== null)
        await this.unsaved.keep(stores, { account, accountState, key: keepKey }, issue);
    });
    await this.sessions.endOthers(accountId, keepKey, ending.version);
  }
}

function requireEnabled({ accountState }: Pick<SignedInOwner, 'accountState'>): void {
  if (!accountState.enabled) throw new Problem('CONFLICT', 'Turn two-factor on first.');
}
