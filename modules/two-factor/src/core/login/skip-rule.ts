import type { Account } from '../common/account.js';
import type { TrustedDevices } from '../devices/trusted-devices.js';
import type { AccountState } from '../accounts/account-state.js';

/** A sign-in whose password was right, of an account that has two-factor. */
export interface LoginContext {
  readonly account: Account;
  readonly accountState: AccountState;
  /** The client's address; null: unknown. */
  readonly ip: string | null;
  /** Device tokens that this browser brought. */
  readonly tokens: readonly string[];
}

/** What a rule can do, once made. */
export interface SkipBehaviour {
  /** Is there a reason not to ask this time? Failing is not one: the sign-in is then refused. */
  applies(visit: LoginContext): Promise<boolean>;
  /** How many days this browser may be remembered for, where the rule remembers any and this account may. */
  offers?(account: Account): number | null;
}

/** A reason not to ask for the second factor at a sign-in; never at a confirmation, never of staff, never under `strict`. */
export interface SkipRule {
  /** What events call it, e.g. `trusted-device`. */
  readonly name: string;
  create(tools: { readonly devices: TrustedDevices }): SkipBehaviour;
}
