import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Transactions } from '../outbox/transactions.js';
import { marksOf, type CaseOwner } from '../recovery-cases/case-marks.js';
import { noProgress } from '../recovery-cases/case-progress.js';
import { RecoveryPolicy } from '../recovery-cases/recovery-policy.js';
import { RecoveryEligibility, TooManyCases, type RecoveryRefusal } from './recovery-eligibility.js';
import { RecoveryMails } from './recovery-mails.js';

const DAY = 24 * 3_600_000;

/** After this time a case that agents did not approve ends. */
const LONGEST = 30 * DAY;

/** The result of a request: the new case; the one that another click has opened; or a refusal. */
export type RecoveryRequestResult =
  | { readonly status: 'opened'; readonly case: RecoveryCase }
  | { readonly status: 'exists' }
  | RecoveryRefusal;

/** Opens cases, for people who gave the right password and have none of their factors. */
@Injectable()
export class RecoveryRequests {
  constructor(
    private readonly eligibility: RecoveryEligibility,
    private readonly mails: RecoveryMails,
    private readonly transactions: Transactions,
    private readonly policy: RecoveryPolicy,
    private readonly clock: Clock,
  ) {}

  /** Opens a case, and mails the owner the link that cancels it. Of several requests at once one opens a case. */
  async open(owner: CaseOwner, origin: Origin): Promise<RecoveryRequestResult> {
    const refusal = await this.eligibility.refusal(owner.account);
    if (refusal) return this.refused(refusal, owner, origin);
    try {
      return await this.store(owner, origin);
    } catch (error) {
      if (error instanceof TooManyCases) return this.eligibility.refused(owner.account, origin.ip);
      throw error;
    }
  }

  /** A refusal by the limit has a log line. */
  private async refused(
    refusal: RecoveryRefusal,
    { account }: CaseOwner,
    origin: Origin,
  ): Promise<RecoveryRefusal> {
    return refusal.status === 'too-many' ? this.eligibility.refused(account, origin.ip) : refusal;
  }

  private store(owner: CaseOwner, origin: Origin): Promise<RecoveryRequestResult> {
    const { account } = owner;
    const opened = this.newCase(owner, origin);
    return this.transactions.run({ accountId: account.id, origin }, async (stores, emit) => {
      if (!(await stores.recoveryCases.open(opened))) return { status: 'exists' };
      await this.eligibility.count(stores, account);
      emit('two-factor.recovery.requested', { caseId: opened.id, until: opened.waitsUntil });
      return { status: 'opened', case: opened };
    });
  }

  private newCase(owner: CaseOwner, origin: Origin): RecoveryCase {
    const now = this.clock.now();
    const ids = { id: randomUUID(), accountId: owner.account.id };
    return {
      ...ids,
      ...marksOf(owner),
      ...this.mails.newSecret(ids, origin),
      ...{ state: 'open', version: 1, progress: noProgress, reason: '' },
      ...{ openedAt: now, waitsUntil: now + this.policy.waitMs, endsAt: now + LONGEST },
      // Maintenance mails the link where this process is killed.
      dueAt: now,
    };
  }
}
