import { Injectable } from '@nestjs/common';
import { stableEventId } from '../common/event-id.js';
import type { FailureResult } from '../rate-limits/rate-limits.js';
import { SecurityLog } from '../rate-limits/security-log.js';
import type { VerificationRefusal } from './verification-service.js';
import { Transactions, type EventContext } from '../outbox/transactions.js';

/** The owner gets a mail after this many consecutive failures with the right password. */
const MAILED_AT: readonly number[] = [5, 20];

/** Records events and log lines of answers that were checked and refused. Throttled answers have no events of their own. */
@Injectable()
export class FailureEvents {
  constructor(
    private readonly transactions: Transactions,
    private readonly securityLog: SecurityLog,
  ) {}

  async record(
    place: 'challenge' | 'step-up',
    where: EventContext<string | null>,
    refusal: VerificationRefusal & Partial<FailureResult>,
    act: { readonly act?: string } = {},
  ): Promise<void> {
    const { kind, reason, named, locked } = refusal;
    // A right code that is sent twice is no guess.
    if (reason !== 'used') this.securityLog.wrongCode(place, where.origin.ip);
    await this.transactions.run(where, async (_stores, emit) => {
      const data = Object.assign({ kind, reason }, named, act);
      emit(`two-factor.${place}.failed`, data, reason === 'copied' ? { notice: 'copied' } : {});
      if (locked) {
        const notice = MAILED_AT.includes(locked.misses) ? 'misses' : undefined;
        emit(
          'two-factor.challenge.locked',
          { ...locked, kind },
          { id: lockId(where.accountId ?? '', locked.until), notice },
        );
      }
    });
  }
}

/** One id for each wait, so that failures which end at the same moment emit one event. */
function lockId(accountId: string, until: number): string {
  return stableEventId(`${accountId} ${until}`);
}
