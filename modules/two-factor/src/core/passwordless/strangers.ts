import { Injectable } from '@nestjs/common';
import { Attempts } from '../rate-limits/attempts.js';
import type { Origin } from '../common/origin.js';
import type { Answer, Refusal } from '../verification/prover.js';
import { Refusals } from '../verification/refusals.js';

/** Answers that no password stands before: what is wrong is counted by address alone, and told. */
@Injectable()
export class Strangers {
  constructor(
    private readonly attempts: Attempts,
    private readonly refusals: Refusals,
  ) {}

  /** One that names nobody who could have given it: like a wrong one of somebody. */
  async refuse(kind: string, origin: Origin): Promise<Extract<Answer, { status: 'refused' | 'throttled' }>> {
    const place = { accountId: '', ip: origin.ip, key: null };
    const charge = await this.attempts.charge(false, place);
    if (!charge.charged) return { status: 'throttled', kind, until: charge.until };
    await this.attempts.missed(false, place);
    const refusal = { status: 'refused', kind, reason: 'wrong' } as const;
    await this.tell(null, refusal, origin);
    return refusal;
  }

  tell(accountId: string | null, refusal: Refusal, origin: Origin): Promise<void> {
    return this.refusals.tell('challenge', { accountId, origin }, refusal);
  }
}
