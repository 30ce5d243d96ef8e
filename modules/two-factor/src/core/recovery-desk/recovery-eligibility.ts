import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { SecurityLog } from '../rate-limits/security-log.js';
import { RecoveryPolicy } from '../recovery-cases/recovery-policy.js';

/** How long no case is opened after a change of e-mail address or password. */
const AFTER_CHANGE = 24 * 3_600_000;

/** Why no case is opened. `until`: UTC ms. */
export type RecoveryRefusal =
  | { readonly status: 'off' }
  /** The e-mail address or the password was changed less than 24 hours ago. */
  | { readonly status: 'changed'; readonly until: number }
  /** There were three cases within 30 days. */
  | { readonly status: 'too-many'; readonly until: number };

/** Rolls the transaction of a case back that was one too many. */
export class TooManyCases extends Error {}

/** Who may ask for recovery, and how often. */
@Injectable()
export class RecoveryEligibility {
  constructor(
    private readonly policy: RecoveryPolicy,
    private readonly accounts: AccountDirectory,
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly securityLog: SecurityLog,
  ) {}

  /** Null: this account may ask now. It counts nothing. */
  async refusal(account: Account): Promise<RecoveryRefusal | null> {
    if (!this.policy.isOffered(account)) return { status: 'off' };
    const now = this.clock.now();
    const until = ((await this.accounts.changedAt?.(account.id)) ?? -Infinity) + AFTER_CHANGE;
    return until > now ? { status: 'changed', until } : this.tooMany(account, now);
  }

  private async tooMany({ id }: Account, now: number): Promise<RecoveryRefusal | null> {
    const [row] = await this.stores.attempts.read([casesKey(id)]);
    const isFull = row && row.windowEnds > now && row.misses >= twoFactorLimits['recovery-cases'].limit;
    return isFull ? { status: 'too-many', until: row.windowEnds } : null;
  }

  /**
   * Counts one case in the transaction that opens it, so that a second click and a failure count nothing.
   * @throws TooManyCases where it is one too many; that rolls the transaction back.
   */
  async count({ attempts }: Stores, { id }: Account): Promise<void> {
    const { limit, length } = twoFactorLimits['recovery-cases'];
    if (!(await attempts.consumeWindow(casesKey(id), limit, length, this.clock.now())))
      throw new TooManyCases();
  }

  /** The refusal of a case that was one too many, with its log line. */
  async refused(account: Account, ip: string | null): Promise<RecoveryRefusal> {
    const now = this.clock.now();
    const refusal = await this.tooMany(account, now);
    const until =
      refusal && 'until' in refusal ? refusal.until : now + twoFactorLimits['recovery-cases'].length;
    this.securityLog.throttled({ limit: 'recovery-cases', accountId: account.id, ip, until });
    return { status: 'too-many', until };
  }
}

function casesKey(accountId: string): string {
  return `recovery:${accountId}`;
}
