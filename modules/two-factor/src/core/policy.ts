import type { Account } from './account.js';
import type { SkipBehaviour, Visit } from './skip-rule.js';

/** Who must have a primary factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** A skip rule, made and ready. */
export interface Skip {
  readonly name: string;
  readonly act: SkipBehaviour;
}

/** Says who must have two-factor, and who need not be asked for it; the host supplies the facts. */
export class Policy {
  constructor(
    private readonly requirement: Requirement,
    private readonly skips: readonly Skip[] = [],
  ) {}

  requires(account: Account): boolean {
    return this.requirement === 'everyone' || (this.requirement === 'staff' && account.staff);
  }

  /** The first rule by which this sign-in need not be asked; null: it must. Staff, who can do most harm, always. */
  async skipping(visit: Visit): Promise<string | null> {
    if (visit.account.staff) return null;
    for (const { name, act } of this.skips) if (await act.applies(visit)) return name;
    return null;
  }

  /** How many days this account may have a browser trusted; null: that is not offered. */
  trustedFor(account: Account): number | null {
    if (account.staff) return null;
    const [days = null] = this.skips.flatMap(({ act }) => act.offers?.(account) ?? []);
    return days;
  }
}
