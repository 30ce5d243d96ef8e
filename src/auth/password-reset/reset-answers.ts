import { Injectable } from '@nestjs/common';
import { Accounts } from '../../accounts/accounts.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ResetLetters } from './reset-letters.js';
import { ResetLinks } from './reset-links.js';
import { type ResetWish, ResetWishes } from './reset-wishes.js';

/** Stands in for an account: its link belongs to no account. */
const noAccount = { id: 'nobody', stamp: 'nobody' };

/**
 * Answers a request for a link. Known, unknown and suspended addresses cost the same work to the end: the same statements, and a
 * letter that is written, sealed, queued and taken up. Where no account may get it, it is a decoy, and is not sent (ASVS 6.3.8).
 */
@Injectable()
export class ResetAnswers {
  constructor(
    private readonly wishes: ResetWishes,
    private readonly accounts: Accounts,
    private readonly links: ResetLinks,
    private readonly units: UnitOfWork,
    private readonly letters: ResetLetters,
  ) {}

  /** Exactly once: the request goes with the link, its event and its mail, all in one unit. */
  async give(wish: ResetWish): Promise<void> {
    const account = await this.accounts.byEmail(wish.email);
    const owner = account?.suspended === false ? account : null;
    const { id: accountId, stamp } = owner ?? noAccount;
    await this.units.run(async (manager) => {
      if (!(await this.wishes.take(wish, manager))) return;
      const token = await this.links.issue({ accountId, stamp }, manager);
      await this.letters.send({ wish, account, owner, token }, manager);
    });
  }
}
