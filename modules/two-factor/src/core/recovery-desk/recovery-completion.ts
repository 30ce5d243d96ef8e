import { Injectable } from '@nestjs/common';
import { Brake } from '../brake/brake.js';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { ENDING, isEnding, isReady } from '../recovery-cases/case-changes.js';
import { marksOf, type CaseOwner } from '../recovery-cases/case-marks.js';
import { ReEnrollment } from './re-enrollment.js';
import { bySystem } from './recovery-lifecycle.js';

/** The good end of a case. */
@Injectable()
export class RecoveryCompletion {
  constructor(
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly reEnrollment: ReEnrollment,
    private readonly brake: Brake,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends a case that is ready: its owner must set up again at the next sign-in. A process that is killed in between leaves a
   * mark, and maintenance goes on from there. False: another process is faster, or it is not ready.
   */
  async complete(ready: RecoveryCase, owner: CaseOwner): Promise<boolean> {
    if (!isReady(ready, this.clock.now())) return false;
    const begun = await this.begin(ready);
    if (!begun) return false;
    // Where the set of factors has changed already, a killed process got this far.
    if (marksOf(owner).stamp === begun.stamp)
      await this.reEnrollment.require(begun.accountId, `recovery case ${begun.id}`);
    return this.transactions.run({ accountId: begun.accountId, origin: bySystem }, async (stores, emit) => {
      const end = { state: 'completed', reason: '', endsAt: this.clock.now() } as const;
      if (!(await stores.recoveryCases.update(begun, end))) return false;
      emit('two-factor.recovery.completed', { caseId: begun.id }, { notice: 'recovery-completed' });
      // The reset has mailed about the brake a moment ago.
      const withoutMail: Emit = (name, data, { id } = {}) => emit(name, data, id === undefined ? {} : { id });
      await this.brake.start(stores, withoutMail, begun.accountId, 'recovery');
      return true;
    });
  }

  private async begin(ready: RecoveryCase): Promise<RecoveryCase | null> {
    if (isEnding(ready)) return ready;
    if (!(await this.stores.recoveryCases.update(ready, { reason: ENDING, dueAt: this.clock.now() })))
      return null;
    return { ...ready, version: ready.version + 1, reason: ENDING };
  }
}
