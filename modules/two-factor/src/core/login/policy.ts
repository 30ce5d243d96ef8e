import type { Account } from '../common/account.js';
import type { LoginContext, SkipRule } from './skip-rule.js';

/** The accounts that must have a primary factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** The accounts that may sign in without a password, by a factor that counts as both. */
export type PasswordlessPolicy = 'nobody' | 'customers' | 'everyone';

/** Decides which accounts must have two-factor, and which sign-ins skip the challenge. */
export class Policy {
  constructor(
    private readonly requirement: Requirement,
    private readonly skips: readonly SkipRule[],
    private readonly passwordless: PasswordlessPolicy,
    /** Whether only the strictest rules apply; a sign-in then never counts as a step-up. */
    readonly strict = false,
  ) {}

  requires(account: Account): boolean {
    return this.requirement === 'everyone' || (this.requirement === 'staff' && account.staff);
  }

  /** Whether any account may sign in without a password. */
  get invites(): boolean {
    return this.passwordless !== 'nobody';
  }

  /** Whether this account may sign in without its password. */
  allowsPasswordless({ staff }: Account): boolean {
    return this.passwordless === 'everyone' || (this.passwordless === 'customers' && !staff);
  }

  /**
   * Returns the first rule that lets this sign-in skip the challenge; null when none does. Staff have the most rights,
   * so they are always asked.
   */
  async findSkip(login: LoginContext): Promise<string | null> {
    if (login.account.staff) return null;
    for (const rule of this.skips) if (await rule.applies(login)) return rule.name;
    return null;
  }

  /** The number of days for which this account may trust a browser; null where that is not offered. */
  trustDays(account: Account): number | null {
    if (account.staff) return null;
    const [days = null] = this.skips.flatMap((rule) => rule.offers?.(account) ?? []);
    return days;
  }
}
