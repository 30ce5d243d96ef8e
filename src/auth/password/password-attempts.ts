import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normalEmail } from '../../accounts/account.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { addressBlock } from '../common/client.js';
import { ReservingLimiter } from './reserving-limiter.js';

/** Failures within this number of seconds are counted together. */
const window = 5 * 60;
/** The first and the longest wait, in seconds. */
const wait = { first: 5 * 60, longest: 60 * 60 };
const day = 24 * 60 * 60;

/**
 * Limits password guessing. It allows 5 failures in 5 minutes for an account and client address together, and 30 for a client
 * address. Every further run of failures doubles the wait. An attacker cannot lock an account for people at other addresses.
 * Only failures count. Checks in progress are counted as failures until they finish; further requests wait.
 */
@Injectable()
export class PasswordAttempts {
  private readonly pairs = new ReservingLimiter(new RateLimiterMemory({ points: 5, duration: window }));
  private readonly addresses = new ReservingLimiter(new RateLimiterMemory({ points: 30, duration: window }));
  private readonly runs = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: day });

  /**
   * Returns the result of `look`. A null result counts as a failure; an exception does not count.
   * @throws PortalProblem TOO_MANY_ATTEMPTS before `look` is called.
   */
  async check<T>(email: string, address: string, look: () => Promise<T | null>): Promise<T | null> {
    const { block, pair } = keysOf(email, address);
    await this.enter(this.addresses, block);
    try {
      await this.enter(this.pairs, pair);
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

  private async enter(count: ReservingLimiter, key: string): Promise<void> {
    const ms = await count.reserve(key);
    if (ms === 0) return;
    const message = 'Too many attempts. Please wait before you try again.';
    throw new PortalProblem('TOO_MANY_ATTEMPTS', message, { retryAfter: Math.ceil(ms / 1000) });
  }

  private async settle(block: string, pair: string, failed: boolean): Promise<void> {
    await this.addresses.release(block, failed);
    const full = await this.pairs.release(pair, failed);
    if (full) await this.pairs.block(pair, await this.nextWait(pair));
  }

  /** Returns seconds, doubled with every run within a day. */
  private async nextWait(pair: string): Promise<number> {
    const { consumedPoints } = await this.runs.penalty(pair);
    return Math.min(wait.first * 2 ** (consumedPoints - 1), wait.longest);
  }
}

/** The keys that are counted: the network, and the network with the account. */
function keysOf(email: string, address: string): { block: string; pair: string } {
  const block = addressBlock(address);
  return { block, pair: `${block} ${normalEmail(email)}` };
}
