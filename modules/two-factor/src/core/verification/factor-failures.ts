import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Busy, DamagedFactor, Problem, VerifierFailed } from '../common/errors.js';
import type { TwoFactorEventData } from '../contracts/events.js';
import { Clock } from '../contracts/ports/clock.js';
import { Transactions, type EventContext } from '../outbox/transactions.js';

/** How long a full queue is given to empty, in seconds. */
const BUSY_FOR = 10;

/** How long the same fault of the same account is not told again, whatever is tried meanwhile, in milliseconds: an hour. */
const QUIET = 60 * 60_000;

const unchecked =
  'Your two-factor data could not be checked. Nothing was counted; try again, or ask for help.';

const rowsDoNotAddUp = 'Factor rows are missing, surplus or of an unknown kind.';

type Alarm = TwoFactorEventData['two-factor.alarm'];

/** What a verifier, the vault or a hash queue can be in. */
export type FactorFailure = VerifierFailed | DamagedFactor | Busy;

export function isFactorFailure(error: unknown): error is FactorFailure {
  return error instanceof VerifierFailed || error instanceof DamagedFactor || error instanceof Busy;
}

/** Turns what must never happen into a refusal, and into an alarm where stored data is to blame. Nobody gets in. */
@Injectable()
export class FactorFailures {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The refusal in place of `error`; `where` is left out where nobody's account is at hand. */
  async problemFor(error: FactorFailure, where?: EventContext): Promise<Problem> {
    const { kind, factorId, cause } = error instanceof VerifierFailed ? error : unnamed(error);
    if (where && cause instanceof DamagedFactor) {
      await this.alarm(where, { kind, factorId, reason: cause.message });
    }
    const retryAfter = cause instanceof Busy ? { retryAfter: BUSY_FOR } : {};
    return new Problem('UNAVAILABLE', unchecked, retryAfter, { cause: error });
  }

  /** The rows of a protected account do not add up: denied, and told. */
  async refuseDamaged(where: EventContext): Promise<never> {
    await this.alarm(where, { kind: '', factorId: '', reason: rowsDoNotAddUp }, 'alarm');
    throw new Problem(
      'UNAVAILABLE',
      'Two-factor data of this account is damaged, so every sign-in is blocked. Ask for help.',
      { reason: 'damaged' },
    );
  }

  /** Once an hour for each fault, on whatever node: somebody who tries over and over fills no table, and no mailbox. */
  private alarm(where: EventContext, data: Alarm, notice?: string): Promise<void> {
    const subject = alarmKey(where.accountId, data);
    const sideEffects = notice === undefined ? {} : { notice };
    return this.transactions.run(where, async ({ attempts }, emit) => {
      if (await attempts.consumeWindow(subject, 1, QUIET, this.clock.now()))
        emit('two-factor.alarm', data, sideEffects);
    });
  }
}

function alarmKey(accountId: string, { kind, factorId, reason }: Alarm): string {
  const fault = JSON.stringify([accountId, kind, factorId, reason]);
  return `alarm:${createHash('sha256').update(fault).digest('base64url')}`;
}

function unnamed(cause: DamagedFactor | Busy) {
  return { kind: '', factorId: '', cause };
}
