import type { Type } from '../common/type.js';
import { DraftTokens } from './drafts/draft-tokens.js';
import { Drafts } from './drafts/drafts.js';
import { EarlierEnrollment } from './earlier-enrollment.js';
import { Enrollment } from './enrollment.js';
import { EnrollmentCommit } from './enrollment-commit.js';
import { EnrollmentResults } from './enrollment-results.js';
import { FactorRemoval } from './factor-removal.js';
import { FactorRenaming } from './factor-renaming.js';
import { ProtectionFlags } from './protection-flags.js';
import { RecoveryCodes } from './codes/recovery-codes.js';
import { UnsavedCodes } from './codes/unsaved-codes.js';

/** The services of this folder. */
export const enrollmentProviders: readonly Type[] = [
  DraftTokens,
  Drafts,
  EarlierEnrollment,
  Enrollment,
  EnrollmentCommit,
  EnrollmentResults,
  ProtectionFlags,
  FactorRemoval,
  FactorRenaming,
  RecoveryCodes,
  UnsavedCodes,
];
