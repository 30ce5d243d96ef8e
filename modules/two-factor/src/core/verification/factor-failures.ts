import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Busy, DamagedFactor, Problem, VerifierFailed } from '../common/errors.js';
import type { TwoFactorEventData } from '../contracts/events.js';
import { Clock } from '../contracts/ports/clock.js';
import { Transactions, type EventContext } from '../outbox/transactions.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { SecurityLog, type ThrottledRequest } from '../rate-limits/security-log.js';

/** The wait after a full queue, in seconds. */
const BUSY_FOR = 10;

const unchecked =
  'Your two-factor data could not be checked. Nothing was counted; try again, or ask for help.';

const rowsDoNotAddUp = 'Factor rows are missing, surplus or of an unknown kind.';

type Alarm = TwoFactorEventData['two-factor.alarm'];

/** The errors of a verifier, of the decryption and of a hash queue. */
export type FactorFailure = VerifierFailed | DamagedFactor | Busy;

export function isFactorFailure(error: unknown): error is FactorFailure {
  return error instanceof VerifierFailed || error instanceof DamagedFactor || error instanceof Busy;
}

/**
 * Turns internal failures into refusals, and into an alarm where stored data is damaged. A failure never counts as a
 * right answer.
 */
@Injectable()
export class FactorFailures {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly securityLog: SecurityLog,
  ) {}

  /** Returns the refusal for `error`. `where` is absent where no account is known. */
  async problemFor(error: FactorFailure, where?: EventContext): Promise<Problem> {
    const { kind, factorId, cause } = error instanceof VerifierFailed ? error : unnamed(error);
    if (where && cause instanceof DamagedFactor) {
      await this.alarm(where, { kind, factorId, reason: cause.message });
    }
    if (cause instanceof Busy) this.throttled(busy(this.clock.now(), where));
    const retryAfter = cause instanceof Busy ? { retryAfter: BUSY_FOR } : {};
    return new Problem('UNAVAILABLE', unchecked, retryAfter, { cause: error });
  }

  /** Writes the log line of a refusal by a limit. */
  throttled(request: ThrottledRequest): void {
    this.securityLog.throttled(request);
  }

  /** Refuses a protected account with inconsistent rows, and raises the alarm. */
  async refuseDamaged(where: EventContext): Promise<never> {
    await this.alarm(where, { kind: '', factorId: '', reason: rowsDoNotAddUp }, 'alarm');
    throw new Problem(
      'UNAVAILABLE',
      'Two-factor data of this account is damaged, so every sign-in is blocked. Ask for help.',
      { reason: 'damaged' },
    );
  }

  /**
   * Emits an alarm once an hour for each fault over all nodes, so that repeated attempts fill neither the table nor a
   * mailbox.
   */
  private alarm(where: EventContext, data: Alarm, notice?: string): Promise<void> {
    const subject = alarmKey(where.accountId, data);
    const { limit, length } = twoFactorLimits.alarms;
    const sideEffects = notice === undefined ? {} : { notice };
    return this.transactions.run(where, async ({ attempts }, emit) => {
      if (await attempts.consumeWindow(subject, limit, length, this.clock.now()))
        emit('two-factor.alarm', data, sideEffects);
    });
  }
}

function alarmKey(accountId: string, { kind, factorId, reason }: Alarm): string {
  const fault = JSON.stringify([accountId, kind, factorId, reason]);
  return `alarm:${createHash('sha256').update(fault).digest('base64url')}`;
}

function busy(now: number, where: EventContext | undefined): ThrottledRequest {
  const [accountId, ip] = [where?.accountId ?? null, where?.origin.ip ?? null];
  return { limit: 'hash-queue', accountId, ip, until: now + BUSY_FOR * 1000 };
}

function unnamed(cause: DamagedFactor | Busy) {
  return { kind: '', factorId: '', cause };
}
