import type { Type } from '../common/type.js';
import { AccountAdmin } from './account-admin.js';
import { Drafts } from './drafts.js';
import { Enrollment } from './enrollment.js';
import { FactorRemoval } from './factor-removal.js';
import { FactorRenaming } from './factor-renaming.js';
import { ProtectionFlags } from './protection-flags.js';
import { RecoveryCodes } from './recovery-codes.js';

/** The services of this folder. */
export const enrollmentProviders: readonly Type[] = [
  AccountAdmin,
  Drafts,
  Enrollment,
  ProtectionFlags,
  FactorRemoval,
  FactorRenaming,
  RecoveryCodes,
];
