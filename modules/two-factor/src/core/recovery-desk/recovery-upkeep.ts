import { Injectable } from '@nestjs/common';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import type { CaseOwner } from '../recovery-cases/case-marks.js';
import { RecoveryCompletion } from './recovery-completion.js';
import { RecoveryLifecycle } from './recovery-lifecycle.js';
import { RecoveryMails } from './recovery-mails.js';

/** How many cases one round of maintenance looks at. */
const BATCH = 20;

/** How often maintenance looks at a case. */
const EVERY = 60_000;

/** What time does with cases: mails that a killed process left, ends, completions. Each step may run on several nodes at once. */
@Injectable()
export class RecoveryUpkeep {
  constructor(
    private readonly lifecycle: RecoveryLifecycle,
    private readonly completion: RecoveryCompletion,
    private readonly mails: RecoveryMails,
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** One round. A case that fails does not stop the others; the first error is thrown at the end. */
  async sweep(): Promise<void> {
    const due = await this.stores.recoveryCases.due(this.clock.now(), BATCH);
    const failures: unknown[] = [];
    for (const each of due) await this.look(each).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  /** Mails the link of a new case, and says when maintenance looks again. */
  async mail(owner: CaseOwner, opened: RecoveryCase): Promise<void> {
    await this.mails.send(owner.account, opened);
    await this.stores.recoveryCases.update(opened, { sealed: null, dueAt: this.clock.now() + EVERY });
  }

  /** Ends a case that is ready; see `RecoveryCompletion.complete`. */
  complete(found: RecoveryCase, owner: CaseOwner): Promise<boolean> {
    return this.completion.complete(found, owner);
  }

  private async look(found: RecoveryCase): Promise<void> {
    const owner = await this.lifecycle.ownerOf(found.accountId);
    if (!(await this.lifecycle.isStillLive(found, owner)) || !owner) return;
    if (found.sealed !== null) return this.mail(owner, found);
    if (await this.complete(found, owner)) return;
    await this.stores.recoveryCases.update(found, { dueAt: this.clock.now() + EVERY });
  }
}
