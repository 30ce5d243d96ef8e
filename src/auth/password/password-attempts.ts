import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type LimitName, limits } from '../../limits.js';
import { normalEmail } from '../../accounts/account.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import { addressBlock } from '../common/client.js';
import { ReservingLimiter } from './reserving-limiter.js';

const { 'password-account': pairLimit, 'password-address': addressLimit } = limits;
const day = 24 * 60 * 60;

/**
 * Limits password guessing. It limits the failures for an account and client address together, and for a client address. Every further run of failures doubles the wait. An attacker cannot lock an account for people at other addresses.
 * Only failures count. Checks in progress are counted as failures until they finish; further requests wait.
 */
@Injectable()
export class PasswordAttempts {
  private readonly pairs = new ReservingLimiter(new RateLimiterMemory(pairLimit));
  private readonly addresses = new ReservingLimiter(new RateLimiterMemory(addressLimit));
  private readonly runs = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: day });

  /**
   * Returns the result of `look`. A null result counts as a failure; an exception does not count.
   * @throws PortalProblem TOO_MANY_ATTEMPTS before `look` is called.
   */
  async check<T>(email: string, address: string, look: () => Promise<T | null>): Promise<T | null> {
    const { block, pair } = keysOf(email, address);
    await this.enter(this.addresses, block, 'password-address');
    try {
      await this.enter(this.pairs, pair, 'password-account');
    } catch (refusal) {
      await this.addresses.release(block, false);
      throw refusal;
    }
    let failed = false;
    try {
      const found = await look();
      failed = found === null;
      return found;
    } finally {
      await this.settle(block, pair, failed);
    }
  }

  /**
   * Called after the password was replaced from this address: its owner need not wait for failures with the old password. The
   * count of the address stays. The number of runs stays too, so the next wait is still doubled.
   */
  async endWait(email: string, address: string): Promise<void> {
    await this.pairs.forget(keysOf(email, address).pair);
  }

  private async enter(count: ReservingLimiter, key: string, limit: LimitName): Promise<void> {
    const ms = await count.reserve(key);
    if (ms === 0) return;
    const message = 'Too many attempts. Please wait before you try again.';
    throw new LimitReached(limit, message, { ms });
  }

  private async settle(block: string, pair: string, failed: boolean): Promise<void> {
    await this.addresses.release(block, failed);
    const full = await this.pairs.release(pair, failed);
    if (full) await this.pairs.block(pair, await this.nextWait(pair));
  }

  /** Returns seconds, doubled with every run within a day. */
  private async nextWait(pair: string): Promise<number> {
    const { consumedPoints } = await this.runs.penalty(pair);
    const { first, longest } = pairLimit.waits;
    return Math.min(first * 2 ** (consumedPoints - 1), longest);
  }
}

/** The keys that are counted: the network, and the network with the account. */
function keysOf(email: string, address: string): { block: string; pair: string } {
  const block = addressBlock(address);
  return { block, pair: `${block} ${normalEmail(email)}` };
}
