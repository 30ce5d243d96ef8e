import { Injectable } from '@nestjs/common';
import { RateLimits } from '../rate-limits/rate-limits.js';
import type { Origin } from '../common/origin.js';
import type { VerificationResult, VerificationRefusal } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';

/** Answers that no password stands before: what is wrong is counted by address alone, and told. */
@Injectable()
export class AnonymousFailures {
  constructor(
    private readonly attempts: RateLimits,
    private readonly failureEvents: FailureEvents,
  ) {}

  /** One that names nobody who could have given it: like a wrong one of somebody. */
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
