import type { Type } from '../common/type.js';
import { FactorFailures } from './factor-failures.js';
import { FactorMatcher } from './factor-matcher.js';
import { FailureEvents } from './failure-events.js';
import { VerificationCommit } from './verification-commit.js';
import { VerificationService } from './verification-service.js';

/** The services of this folder. */
export const verificationProviders: readonly Type[] = [
  VerificationCommit,
  FactorMatcher,
  VerificationService,
  FailureEvents,
  FactorFailures,
];
