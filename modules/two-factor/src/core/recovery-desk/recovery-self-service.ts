import { Injectable } from '@nestjs/common';
import type { Origin } from '../common/origin.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import type { CaseOwner } from '../recovery-cases/case-marks.js';
import { RecoveryEligibility, type RecoveryRefusal } from './recovery-eligibility.js';
import { RecoveryLifecycle } from './recovery-lifecycle.js';
import { caseOfLink, fitsLink } from './recovery-mails.js';
import { RecoveryRequests } from './recovery-requests.js';
import { RecoveryUpkeep } from './recovery-upkeep.js';

/** What the owner sees: the live case, or whether one can be opened. */
export interface RecoveryOutlook {
  readonly case: RecoveryCase | null;
  /** Whether the wait is over and agents approved: one more step, and the next sign-in sets up again. */
  readonly isReady: boolean;
  /** Why no case can be opened now; null where one can. */
  readonly refusal: RecoveryRefusal | null;
}

/** The result of "I lost them all": the outlook after it, or the end of a case that was ready. */
export type RecoveryStep =
  ({ readonly status: 'shown' } & RecoveryOutlook) | { readonly status: 'completed' };

/** What the owner of an account does: ask, look, cancel. */
@Injectable()
export class RecoverySelfService {
  constructor(
    private readonly requests: RecoveryRequests,
    private readonly lifecycle: RecoveryLifecycle,
    private readonly upkeep: RecoveryUpkeep,
    private readonly eligibility: RecoveryEligibility,
    private readonly stores: Stores,
  ) {}

  async outlook(owner: CaseOwner): Promise<RecoveryOutlook> {
    const found = await this.lifecycle.live(owner);
    const refusal = found ? null : await this.eligibility.refusal(owner.account);
    return { case: found, isReady: found !== null && this.lifecycle.isReady(found), refusal };
  }

  /** After a right password without a factor: opens a case, or takes the last step of one that is ready. */
  async request(owner: CaseOwner, origin: Origin): Promise<RecoveryStep> {
    const before = await this.outlook(owner);
    if (before.case) return this.goOn(before, before.case, owner);
    const result = await this.requests.open(owner, origin);
    if (result.status === 'opened') {
      // Where the mail is not accepted now, maintenance sends it.
      await this.upkeep.mail(owner, result.case).catch(() => undefined);
      return { case: result.case, isReady: false, refusal: null, status: 'shown' };
    }
    if (result.status === 'exists') return { ...(await this.outlook(owner)), status: 'shown' };
    return { case: null, isReady: false, refusal: result, status: 'shown' };
  }

  /** The live case that the link of a mail cancels; null: the link is unknown, was used, or the case has ended. */
  async ofLink(token: string): Promise<RecoveryCase | null> {
    const found = await this.stores.recoveryCases.find(caseOfLink(token));
    if (!found || !fitsLink(found, token)) return null;
    const owner = await this.lifecycle.ownerOf(found.accountId);
    return (await this.lifecycle.isStillLive(found, owner)) ? found : null;
  }

  /** Cancels by the link of the mail. False: see `ofLink`. */
  async cancelByLink(token: string, origin: Origin): Promise<boolean> {
    const found = await this.ofLink(token);
    return found !== null && this.lifecycle.cancel(found, { reason: 'link' }, origin);
  }

  /** Cancels from a signed-in session. False: there is no case. */
  async cancel(owner: CaseOwner, origin: Origin): Promise<boolean> {
    const found = await this.lifecycle.live(owner);
    return found !== null && this.lifecycle.cancel(found, { reason: 'session' }, origin);
  }

  private async goOn(before: RecoveryOutlook, found: RecoveryCase, owner: CaseOwner): Promise<RecoveryStep> {
    if (!before.isReady) return { ...before, status: 'shown' };
    await this.upkeep.complete(found, owner);
    return { status: 'completed' };
  }
}
