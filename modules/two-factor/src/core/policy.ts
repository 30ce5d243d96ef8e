import type { Account } from './account.js';

/** Who must have a primary factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** Says who must have two-factor; the host supplies the facts. */
export class Policy {
  constructor(private readonly requirement: Requirement) {}

  requires(account: Account): boolean {
    return this.requirement === 'everyone' || (this.requirement === 'staff' && account.staff);
  }
}
