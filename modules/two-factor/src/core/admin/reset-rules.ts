import { Injectable } from '@nestjs/common';
import type { AccountState } from '../accounts/account-state.js';
import type { Account } from '../common/account.js';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import { Policy } from '../login/policy.js';
import { resetModes, type ResetMode, type ResetRequest } from './reset-request.js';

/** How long a reset without a second person waits after a change of e-mail address or password. */
const AFTER_CHANGE = 24 * 3_600_000;

/**
 * The time in which another code is not handed out: two agents at once, a second click or a repeated request would make
 * the code void that is being read out. Long enough for a repetition, short enough for a wish.
 */
const AFTER_CODE = 30_000;

/** The account to be reset. Its state includes a code that staff handed out before. */
export interface ResetSubject {
  readonly account: Account;
  readonly accountState: AccountState;
}

/** What must be true before a reset. Each refusal has a sentence and a stable member `reason`. */
@Injectable()
export class ResetRules {
  constructor(
    private readonly policy: Policy,
    private readonly accounts: AccountDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem INVALID_INPUT */
  requireWellFormed({ mode, reason, approvedBy }: ResetRequest, actor: Actor, accountId: string): void {
    if (!resetModes.includes(mode))
      throw new Problem('INVALID_INPUT', `The mode must be one of ${resetModes.join(', ')}.`);
    if (reason.trim() === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    const owner = { type: 'account', id: accountId } as const;
    if (approvedBy && (isSame(approvedBy, actor) || isSame(approvedBy, owner)))
      throw new Problem('INVALID_INPUT', 'The second person must be neither the first one nor the owner.');
  }

  /** Whether this mode has nothing to do for the account. */
  isIdle(mode: ResetMode, { accountState: { set, factors, flag, mustEnroll } }: ResetSubject): boolean {
    if (set.primaryCount > 0 || factors.length > 0) return false;
    if (mustEnroll) return mode === 're-enrol';
    // Lost rows are repaired. An enrollment may still be running: turning two-factor off ends it.
    const ended = mode === 'disable' ? ['stray', 'raising'] : ['stray'];
    return !flag || !ended.includes(flag.state);
  }

  /** @throws Problem CONFLICT with `reason`, and `until` (ISO 8601) where time helps. */
  async requireAllowed(request: ResetRequest, subject: ResetSubject): Promise<void> {
    if (request.mode === 'disable') this.requireOptional(subject);
    if (request.mode === 'one-time-code') this.requireUsable(subject);
    if (!request.approvedBy) await this.requireUnchanged(subject);
  }

  private requireOptional({ account }: ResetSubject): void {
    if (!this.policy.requires(account)) return;
    throw refused(
      'required',
      'Two-factor is required of this account, so it cannot be turned off. Use the mode re-enrol or one-time-code.',
    );
  }

  private requireUsable({ accountState }: ResetSubject): void {
    const { damaged, mustEnroll, oneTimeCode } = accountState;
    if (damaged)
      throw refused(
        'damaged',
        'Two-factor data of this account is damaged, so no code signs in. Use the mode re-enrol or disable.',
      );
    if (mustEnroll)
      throw refused(
        'must-enroll',
        'This account must set two-factor up at its next sign-in, which needs no code.',
      );
    const until = (oneTimeCode?.createdAt ?? -Infinity) + AFTER_CODE;
    if (until > this.clock.now())
      throw refused('just-handed-out', 'A code was handed out a moment ago. Wait half a minute.', until);
  }

  /** A thief who changed the address or the password must not get a reset before the owner has read the mail about it. */
  private async requireUnchanged({ account }: ResetSubject): Promise<void> {
    const changedAt = (await this.accounts.changedAt?.(account.id)) ?? null;
    if (changedAt === null) return;
    const until = changedAt + AFTER_CHANGE;
    if (until > this.clock.now())
      throw refused(
        'recent-change',
        'The e-mail address or password was changed less than 24 hours ago. Wait, or let a second person approve.',
        until,
      );
  }
}

function isSame(one: Actor, other: Actor): boolean {
  return one.type === other.type && one.id === other.id;
}

function refused(reason: string, sentence: string, until?: number): Problem {
  const end = until === undefined ? {} : { until: new Date(until).toISOString() };
  return new Problem('CONFLICT', sentence, { ...end, reason });
}
