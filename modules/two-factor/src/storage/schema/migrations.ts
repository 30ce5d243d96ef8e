import { TwoFactorAccounts1795564800001 } from './migrations/1795564800001-accounts.js';
import { TwoFactorFactors1795564800002 } from './migrations/1795564800002-factors.js';
import { TwoFactorTokens1795564800003 } from './migrations/1795564800003-tokens.js';
import { TwoFactorAttempts1795564800004 } from './migrations/1795564800004-attempts.js';
import { TwoFactorEvents1795564800005 } from './migrations/1795564800005-events.js';
import { TwoFactorBrakes1795564800006 } from './migrations/1795564800006-brakes.js';
import { TwoFactorResetMode1795564800007 } from './migrations/1795564800007-reset-mode.js';
import { TwoFactorCallerChecks1795564800041 } from './migrations/1795564800041-caller-checks.js';
import { TwoFactorRecoveryCases1795564800042 } from './migrations/1795564800042-recovery-cases.js';
import { TwoFactorCheckUps1795564800043 } from './migrations/1795564800043-check-ups.js';
import { TwoFactorLockDowns1795651200021 } from './migrations/1795651200021-lock-downs.js';
import { TwoFactorRemovedFactors1795651200022 } from './migrations/1795651200022-removed-factors.js';

/** The package's migrations, for the host's `migrations`: one set for all databases, repeatable. */
export const twoFactorMigrations = [
  TwoFactorAccounts1795564800001,
  TwoFactorFactors1795564800002,
  TwoFactorTokens1795564800003,
  TwoFactorAttempts1795564800004,
  TwoFactorEvents1795564800005,
  TwoFactorBrakes1795564800006,
  TwoFactorResetMode1795564800007,
  TwoFactorCallerChecks1795564800041,
  TwoFactorRecoveryCases1795564800042,
  TwoFactorCheckUps1795564800043,
  TwoFactorLockDowns1795651200021,
  TwoFactorRemovedFactors1795651200022,
];
