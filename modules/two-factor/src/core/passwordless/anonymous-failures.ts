import { Injectable } from '@nestjs/common';
import { RateLimits } from '../rate-limits/rate-limits.js';
import type { Origin } from '../common/origin.js';
import type { VerificationResult, VerificationRefusal } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';

/**
 * Failures of passwordless sign-ins. No password was checked before them, so they count only for the address. Each
 * emits an event.
 */
@Injectable()
export class AnonymousFailures {
  constructor(
    private readonly attempts: RateLimits,
    private readonly failureEvents: FailureEvents,
  ) {}

  /** Refuses an answer that names no account, in the same way as a wrong answer of an existing account. */
  async refuse(
    kind: string,
    origin: Origin,
  ): Promise<Extract<VerificationResult, { status: 'refused' | 'throttled' }>> {
    const place = { accountId: '', ip: origin.ip, key: null };
    const charge = await this.attempts.consume(false, place);
    if (!charge.charged) return { status: 'throttled', kind, until: charge.until };
    await this.attempts.recordFailure(false, place);
    const refusal = { status: 'refused', kind, reason: 'wrong' } as const;
    await this.emit(null, refusal, origin);
    return refusal;
  }

  emit(accountId: string | null, refusal: VerificationRefusal, origin: Origin): Promise<void> {
    return this.failureEvents.record('challenge', { accountId, origin }, refusal);
  }
}
