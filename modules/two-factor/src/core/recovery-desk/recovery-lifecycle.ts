import { Injectable } from '@nestjs/common';
import { AccountStateReader } from '../accounts/account-state.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';
import { cancelCase, isEnding, isLive, isReady, type CancelReason } from '../recovery-cases/case-changes.js';
import { marksOf, type CaseOwner } from '../recovery-cases/case-marks.js';

/** The origin of what time does. */
export const bySystem: Origin = {
  actor: { type: 'system', id: 'recovery-desk' },
  ...{ ip: null, userAgent: null, requestId: null },
};

/** Finds live cases, and ends those that are void. */
@Injectable()
export class RecoveryLifecycle {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly stores: Stores,
    private readonly transactions: Transactions,
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
  isReady(found: RecoveryCase): boolean {
    return isReady(found, this.clock.now());
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

  private voidedBy(found: RecoveryCase, owner: CaseOwner | null): CancelReason | null {
    if (isEnding(found)) return null;
    if (!owner) return 'changed';
    const { stamp, uses } = marksOf(owner);
    if (stamp !== found.stamp) return 'changed';
    if (uses !== found.uses) return 'signed-in';
    return found.endsAt <= this.clock.now() ? 'expired' : null;
  }
}
