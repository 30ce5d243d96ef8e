import type { Type } from '../common/type.js';
import { AccountWaits } from './account-waits.js';
import { RateLimits } from './rate-limits.js';
import { SendQuota } from './send-quota.js';

/** The services of this folder. */
export const rateLimitsProviders: readonly Type[] = [RateLimits, SendQuota, AccountWaits];
