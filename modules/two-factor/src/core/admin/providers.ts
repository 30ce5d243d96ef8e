import type { Type } from '../common/type.js';
import { AccountAdmin } from './account-admin.js';
import { ResetCommit } from './reset-commit.js';
import { ResetRules } from './reset-rules.js';
import { Resets } from './resets.js';

/** The services of this folder. */
export const adminProviders: readonly Type[] = [AccountAdmin, Resets, ResetRules, ResetCommit];
