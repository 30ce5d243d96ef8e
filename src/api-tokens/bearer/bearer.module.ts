import { Module } from '@nestjs/common';
import { RateLimitsModule } from '../../auth/rate-limits/rate-limits.module.js';
import { TokenReader } from '../rows/token-reader.js';
import { RefusedTokens } from './refused-tokens.js';
import { TokenLimits } from './token-limits.js';

/** What the guard of tokens needs. */
@Module({
  imports: [RateLimitsModule],
  providers: [RefusedTokens, TokenLimits, TokenReader],
  exports: [RefusedTokens, TokenLimits, TokenReader],
})
export class BearerModule {}
