import { Injectable } from '@nestjs/common';
import { counted } from '../../auth/rate-limits/counted.js';
import { RateLimitStore } from '../../auth/rate-limits/rate-limit.store.js';
import { Clock } from '../../clock.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import type { TokenPrincipal } from './bearer-request.js';

/** Limits the requests of a token, on all nodes together. */
@Injectable()
export class TokenLimits {
  constructor(
    private readonly store: RateLimitStore,
    private readonly clock: Clock,
  ) {}

  /** Counts one more request. @throws LimitReached */
  async consume({ id, account }: TokenPrincipal): Promise<void> {
    const row = counted('token-requests', id);
    if (await this.store.charge(row)) return;
    const until = this.store.fullUntil(row, await this.store.read(row));
    const ms = Math.max((until ?? 0) - this.clock.now(), 1000);
    const message = 'This token sends too many requests. Please wait.';
    throw new LimitReached('token-requests', message, { ms, accountId: account.id });
  }
}
