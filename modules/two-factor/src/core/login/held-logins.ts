import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { Clock } from '../contracts/ports/clock.js';
import type { HeldLogin, ParkedLogin } from '../contracts/ports/login-session.js';
import { stampOf, Standings, type Standing } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Units } from '../outbox/units.js';

/** How long a held login waits for its factor. */
const LIFETIME = 10 * 60_000;
/** How many an account may have open; the oldest ends. */
const MOST_OPEN = 50;

/** Whose login it is, and how the account stands. */
export interface Bound {
  readonly account: Account;
  readonly standing: Standing;
}

/** A held login that is still good: nothing of the account has changed since the password was right. */
export interface Held {
  readonly ref: TokenRef;
  readonly key: string;
  readonly state: HeldLogin['state'];
  readonly expiresAt: number;
  readonly account: Account;
  readonly standing: Standing;
}

/** Logins between password and session: rows of their own, without a principal. */
@Injectable()
export class HeldLogins {
  constructor(
    private readonly stores: Stores,
    private readonly accounts: AccountDirectory,
    private readonly standings: Standings,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  /** A held login to be parked; nothing is kept yet. */
  plan({ account, standing }: Bound, state: HeldLogin['state']): HeldLogin {
    const [id, expiresAt] = [randomUUID(), this.clock.now() + LIFETIME];
    return { id, accountId: account.id, state, expiresAt, account, version: standing.set.version };
  }

  /** Keeps a planned held login, bound to its session key and to how the account stands. */
  async open(held: HeldLogin, key: string, bound: Bound, origin: Origin) {
    const { id, accountId, state: variety, expiresAt } = held;
    const stamp = stampOf(bound.account, bound.standing.set);
    await this.units.run({ accountId, origin }, async (stores, tell) => {
      const row = { id, purpose: 'held', accountId, key, variety, stamp } as const;
      await stores.tokens.insert({ ...row, sealed: null, misses: 0, createdAt: this.clock.now(), expiresAt });
      tell('two-factor.challenge.required', { state: variety });
    });
  }

  /** A login that is not held, for a reason that is told. */
  async skip(accountId: string, reason: string, origin: Origin): Promise<void> {
    await this.units.run({ accountId, origin }, (_stores, tell) =>
      Promise.resolve(tell('two-factor.challenge.skipped', { reason })),
    );
  }

  /** The held login, or null when it ended, was used, or anything of the account changed: then it is void. */
  async find(parked: ParkedLogin): Promise<Held | null> {
    const ref: TokenRef = { id: parked.id, purpose: 'held', accountId: parked.accountId };
    const read = await this.stores.held.find(ref, this.clock.now(), MOST_OPEN);
    if (!read || read.token.key !== parked.key) return null;
    const account = parked.account ?? (await this.accounts.find(parked.accountId));
    if (account?.id !== parked.accountId) return null;
    const { token } = read;
    const standing = this.standings.read(read);
    if (token.stamp !== stampOf(account, standing.set)) return null;
    const state = token.variety === 'enrol' ? 'enrol' : 'challenge';
    return { ref, key: token.key, state, expiresAt: token.expiresAt, account, standing };
  }

  /** Starting over. */
  async drop({ ref }: Pick<Held, 'ref'>): Promise<void> {
    await this.stores.tokens.consume(ref, this.clock.now());
  }
}
