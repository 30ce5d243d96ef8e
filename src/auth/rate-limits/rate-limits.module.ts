import { Module } from '@nestjs/common';
import { RateLimitStore } from './rate-limit.store.js';
import { RateLimitSweep } from './rate-limit-sweep.js';
import { RequestLimits } from './request-limits.js';

/** The portal's limits on guessing and flooding, as rows that all nodes share. */
@Module({
  providers: [RateLimitStore, RateLimitSweep, RequestLimits],
  exports: [RateLimitStore, RequestLimits],
})
export class RateLimitsModule {}
