import { Injectable } from '@nestjs/common';
import { AccountStateReader } from '../accounts/account-state.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';
import { cancelCase, isLive, type CancelReason } from '../recovery-cases/case-changes.js';
import { marksOf, type CaseOwner } from '../recovery-cases/case-marks.js';
import { ReEnrollment } from './re-enrollment.js';

/** The origin of what time does. */
export const bySystem: Origin = {
  actor: { type: 'system', id: 'recovery-desk' },
  ...{ ip: null, userAgent: null, requestId: null },
};

/** The mark of a case whose end has begun: a killed process is found by it. */
const ENDING = 'ending';

/** Finds live cases, ends those that are void, and completes those whose wait is over. */
@Injectable()
export class RecoveryLifecycle {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly reEnrollment: ReEnrollment,
    private readonly clock: Clock,
  ) {}

  /** The owner of a case as it is now; null: the account is gone or may not sign in. */
  async ownerOf(accountId: string): Promise<CaseOwner | null> {
    const account = await this.accountStateReader.account(accountId);
    return account && { account, accountState: await this.accountStateReader.load(accountId) };
  }

  /** The account's live case. A case that became void is cancelled, and there is none. */
  async live(owner: CaseOwner): Promise<RecoveryCase | null> {
    const found = await this.stores.recoveryCases.ofAccount(owner.account.id);
    return found && (await this.isStillLive(found, owner)) ? found : null;
  }

  /** Whether the case goes on. It is cancelled where the owner signed in, or the account changed, or nobody approved it. */
  async isStillLive(found: RecoveryCase, owner: CaseOwner | null): Promise<boolean> {
    if (!isLive(found)) return false;
    const reason = this.voidedBy(found, owner);
    if (reason === null) return true;
    await this.cancel(found, { reason }, bySystem);
    return false;
  }

  /** Whether agents approved it and the wait is over. */
  isReady({ state, waitsUntil }: RecoveryCase): boolean {
    return state === 'approved' && waitsUntil <= this.clock.now();
  }

  /** Cancels the case, and mails the owner. False: it has ended already. */
  cancel(
    { accountId, id }: Pick<RecoveryCase, 'accountId' | 'id'>,
    given: { readonly reason: CancelReason; readonly note?: string },
    origin: Origin,
  ): Promise<boolean> {
    const now = this.clock.now();
    return this.transactions.run({ accountId, origin }, (stores, emit) =>
      cancelCase(stores, emit, { accountId, id }, { ...given, now }),
    );
  }

  /**
   * Ends a case that is ready: its owner must set up again at the next sign-in. A process that is killed in between leaves a
   * mark, and maintenance goes on from there. False: another process is faster, or it is not ready.
   */
  async complete(ready: RecoveryCase, owner: CaseOwner): Promise<boolean> {
    if (!this.isReady(ready)) return false;
    const begun = await this.begin(ready);
    if (!begun) return false;
    // Where the set of factors has changed already, a killed process got this far.
    if (marksOf(owner).stamp === begun.stamp)
      await this.reEnrollment.require(begun.accountId, `recovery case ${begun.id}`);
    return this.transactions.run({ accountId: begun.accountId, origin: bySystem }, async (stores, emit) => {
      const end = { state: 'completed', reason: '', endsAt: this.clock.now() } as const;
      if (!(await stores.recoveryCases.update(begun, end))) return false;
      emit('two-factor.recovery.completed', { caseId: begun.id }, { notice: 'recovery-completed' });
      return true;
    });
  }

  private async begin(ready: RecoveryCase): Promise<RecoveryCase | null> {
    if (ready.reason === ENDING) return ready;
    if (!(await this.stores.recoveryCases.update(ready, { reason: ENDING, dueAt: this.clock.now() })))
      return null;
    return { ...ready, version: ready.version + 1, reason: ENDING };
  }

  private voidedBy(found: RecoveryCase, owner: CaseOwner | null): CancelReason | null {
    if (found.reason === ENDING) return null;
    if (!owner) return 'changed';
    const { stamp, uses } = marksOf(owner);
    if (stamp !== found.stamp) return 'changed';
    if (uses !== found.uses) return 'signed-in';
    return found.endsAt <= this.clock.now() ? 'expired' : null;
  }
}
