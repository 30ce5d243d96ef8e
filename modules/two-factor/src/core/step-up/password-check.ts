import { Injectable } from '@nestjs/common';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { SecurityLog } from '../rate-limits/security-log.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { CurrentSession } from '../contracts/ports/login-session.js';
import { Stores } from '../contracts/stores/stores.js';
import { Confirmations, type Confirmation } from './confirmations.js';

const window = twoFactorLimits['step-up-password'];

/** The password part of a step-up. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly securityLog: SecurityLog,
    private readonly confirmations: Confirmations,
  ) {}

  /** Whether this host can check passwords. Without it, the factor alone is the step-up. */
  get isAvailable(): boolean {
    return this.accounts.checkPassword !== undefined;
  }

  /**
   * Checks the password, once for each confirmation: it remembers a right one. `until` (UTC ms): this session gave too many
   * wrong passwords, and the next one is not checked before.
   */
  async check(
    session: CurrentSession,
    password: string,
    ip: string | null,
    confirmation?: Confirmation | null,
  ): Promise<'right' | 'wrong' | { until: number }> {
    if (!this.isAvailable || confirmation?.passwordRight) return 'right';
    const answer = await this.checkWithinLimit(session, password, ip);
    if (answer === 'right' && confirmation) await this.confirmations.rememberPassword(confirmation);
    return answer;
  }

  private async checkWithinLimit(
    { account, key }: CurrentSession,
    password: string,
    ip: string | null,
  ): Promise<'right' | 'wrong' | { until: number }> {
    const subject = `password:${key}`;
    const now = this.clock.now();
    if (!(await this.stores.attempts.consumeWindow(subject, window.limit, window.length, now))) {
      const [row] = await this.stores.attempts.read([subject]);
      const until = row?.windowEnds ?? now + window.length;
      this.securityLog.throttled({ limit: 'step-up-password', accountId: account.id, ip, until });
      return { until };
    }
    if (!(await this.checkOrRefund(account.id, password, subject))) {
      this.securityLog.wrongPassword(ip);
      return 'wrong';
    }
    await this.stores.attempts.clear(subject);
    return 'right';
  }

  /** A check that throws, for example because the hash queue is full, is not counted. */
  private async checkOrRefund(id: string, password: string, subject: string): Promise<boolean | undefined> {
    try {
      return await this.accounts.checkPassword?.(id, password);
    } catch (error) {
      await this.stores.attempts.refund(subject, twoFactorLimits.account);
      throw error;
    }
  }
}
