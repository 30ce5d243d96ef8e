import { Injectable } from '@nestjs/common';
import { AccountStateReader, unusedVersion } from '../accounts/account-state.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { ResetCommit, type AllowedReset } from './reset-commit.js';
import type { ResetRequest, ResetResult } from './reset-request.js';
import { ResetRules, type ResetSubject } from './reset-rules.js';

/** Resets of an account by staff and the command line. */
@Injectable()
export class Resets {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly accounts: AccountDirectory,
    private readonly rules: ResetRules,
    private readonly commits: ResetCommit,
  ) {}

  /**
   * Resets two-factor, ends every session and mails the owner. Of two resets at once one is refused.
   * @throws Problem NOT_FOUND when the account does not exist; INVALID_INPUT without a reason; CONFLICT when this mode
   * does not fit the account (`reason`, `until`), or its factors changed meanwhile.
   */
  async run(accountId: string, request: ResetRequest, actor: Actor): Promise<ResetResult> {
    const { mode } = request;
    this.rules.requireWellFormed(request, actor, accountId);
    const subject = await this.find(accountId);
    if (this.rules.isIdle(mode, subject)) {
      await this.clearFlag(subject);
      return { mode, reset: false };
    }
    await this.rules.requireAllowed(request, subject);
    const raised = await this.accounts.getProtection(accountId);
    const version = unusedVersion(subject.accountState, raised);
    return this.commit({ ...subject, request, actor, version });
  }

  private async commit(reset: AllowedReset): Promise<ResetResult> {
    const { mode } = reset.request;
    if (mode === 'one-time-code')
      return { mode, reset: true, oneTimeCode: await this.commits.oneTimeCode(reset) };
    if (mode === 'disable') await this.commits.disable(reset);
    else {
      // A process that is killed after this leaves the account too strictly protected, never too weakly.
      const flag = { protected: true, version: reset.version };
      await this.accounts.setProtected(reset.account.id, flag);
      await this.commits.reEnroll(reset);
    }
    return { mode, reset: true };
  }

  /** Two-factor is off, and the side effect that clears the host's flag is late or lost. */
  private async clearFlag({ account, accountState: { set, flag } }: ResetSubject): Promise<void> {
    if (flag?.state === 'lowering')
      await this.accounts.setProtected(account.id, { protected: false, version: set.version });
  }

  private async find(accountId: string): Promise<ResetSubject> {
    const account = await this.accountStateReader.account(accountId);
    if (!account) throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
    const rows = await this.accountStateReader.load(accountId);
    return { account, accountState: await this.accountStateReader.withOneTimeCode(account, rows) };
  }
}
