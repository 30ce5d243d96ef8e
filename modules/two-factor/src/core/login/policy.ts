import type { Account } from '../common/account.js';
import type { SkipBehaviour, LoginContext } from './skip-rule.js';

/** Who must have a primary factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** Who may sign in without a password, by a factor that counts as both. */
export type PasswordlessPolicy = 'nobody' | 'customers' | 'everyone';

/** A skip rule, made and ready. */
export interface ActiveSkipRule {
  readonly name: string;
  readonly behaviour: SkipBehaviour;
}

/** Says who must have two-factor, and who need not be asked for it; the host supplies the facts. */
export class Policy {
  constructor(
    private readonly requirement: Requirement,
    private readonly skips: readonly ActiveSkipRule[],
    private readonly passwordless: PasswordlessPolicy,
  ) {}

  requires(account: Account): boolean {
    return this.requirement === 'everyone' || (this.requirement === 'staff' && account.staff);
  }

  /** Is anybody invited to sign in without a password? */
  get invites(): boolean {
    return this.passwordless !== 'nobody';
  }

  /** May this account sign in without its password? */
  allowsPasswordless({ staff }: Account): boolean {
    return this.passwordless === 'everyone' || (this.passwordless === 'customers' && !staff);
  }

  /** The first rule by which this sign-in need not be asked; null: it must. Staff, who can do most harm, always. */
  async findSkip(visit: LoginContext): Promise<string | null> {
    if (visit.account.staff) return null;
    for (const { name, behaviour } of this.skips) if (await behaviour.applies(visit)) return name;
    return null;
  }

  /** How many days this account may have a browser trusted; null: that is not offered. */
  trustDays(account: Account): number | null {
    if (account.staff) return null;
    const [days = null] = this.skips.flatMap(({ behaviour }) => behaviour.offers?.(account) ?? []);
    return days;
  }
}
