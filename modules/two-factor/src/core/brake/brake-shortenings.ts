import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { Transactions } from '../outbox/transactions.js';
import { Brake } from './brake.js';

/** Why a brake ends early, and the second person who agrees. */
export interface BrakeShortening {
  readonly reason: string;
  readonly approvedBy: Actor;
}

/** Ends a brake early. It needs two people, because one deceived agent is what a thief hopes for. */
@Injectable()
export class BrakeShortenings {
  constructor(
    private readonly brake: Brake,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends the wait now; the owner gets a mail. False where no brake runs, or another request has just changed it.
   * @throws Problem INVALID_INPUT without a reason, or without two different people who are not the owner.
   */
  async shorten(accountId: string, given: BrakeShortening, actor: Actor): Promise<boolean> {
    const { reason, approvedBy } = given;
    if (reason.trim() === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    requireTwoPeople(accountId, actor, approvedBy);
    const running = await this.brake.status(accountId);
    if (!running) return false;
    const at = this.clock.now();
    const end = { at, shortenedBy: actor.id, approvedBy: approvedBy.id };
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.transactions.run({ accountId, origin }, async (stores, emit) => {
      if (!(await stores.brakes.shorten(accountId, running, end))) return false;
      const data = { reason: reason.trim(), approvedBy: approvedBy.id, until: running.until };
      emit('two-factor.brake.shortened', data, { notice: 'brake-shortened' });
      return true;
    });
  }
}

/** The owner may be the thief, and a person who approves their own wish is no second one. */
function requireTwoPeople(accountId: string, one: Actor, other: Actor): void {
  const areStaff = [one, other].every(({ type }) => type === 'staff' || type === 'cli');
  const isOwner = [one, other].some(({ type, id }) => type !== 'cli' && id === accountId);
  if (areStaff && !isOwner && one.id !== other.id) return;
  throw new Problem('INVALID_INPUT', 'Two different people, neither of them the owner, must agree.');
}
