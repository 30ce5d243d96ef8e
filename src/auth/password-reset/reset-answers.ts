import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { Accounts } from '../../accounts/accounts.service.js';
import { ResetMails } from './reset-mails.js';
import { ResetLinks } from './reset-links.js';
import { type QueuedReset, ResetQueue } from './reset-queue.js';

/** Placeholder for a missing account: its link belongs to no account. */
const noAccount = { id: 'nobody', stamp: 'nobody' };

/**
 * Answers a request for a link. Known, unknown and suspended addresses cost the same work: the same statements, and a mail that
 * is rendered, sealed, queued and processed. If no account may get the mail, it is a decoy and is not sent (ASVS 6.3.8).
 */
@Injectable()
export class ResetAnswers {
  constructor(
    private readonly wishes: ResetQueue,
    private readonly accounts: Accounts,
    private readonly links: ResetLinks,
    private readonly database: DataSource,
    private readonly letters: ResetMails,
  ) {}

  /** Runs exactly once: the request is deleted in the transaction that stores the link, its event and its mail. */
  async give(queued: QueuedReset): Promise<void> {
    const account = await this.accounts.byEmail(queued.email);
    const owner = account?.suspended === false ? account : null;
    const { id: accountId, stamp } = owner ?? noAccount;
    const stop = await this.letters.stopLink(queued, owner);
    await transaction(this.database, async (manager) => {
      if (!(await this.wishes.take(queued, manager))) return;
      const token = await this.links.issue({ accountId, stamp }, manager);
      await this.letters.send({ queued, account, owner, token, stop }, manager);
    });
  }
}
