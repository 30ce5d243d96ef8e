import { AccountRow } from './rows/account.row.js';
import { AttemptRow } from './rows/attempt.row.js';
import { CallerCheckRow } from './rows/caller-check.row.js';
import { CheckUpRow } from './rows/check-up.row.js';
import { BrakeRow } from './rows/brake.row.js';
import { EventRow } from './rows/event.row.js';
import { FactorRow } from './rows/factor.row.js';
import { LockDownRow } from './rows/lock-down.row.js';
import { RemovedFactorRow } from './rows/removed-factor.row.js';
import { StopLinkRow } from './rows/stop-link.row.js';
import { RecoveryCaseRow } from './rows/recovery-case.row.js';
import { TokenRow } from './rows/token.row.js';

/** The package's tables, for the host's `entities`. */
export const twoFactorEntities = [
  AccountRow,
  FactorRow,
  TokenRow,
  AttemptRow,
  EventRow,
  StopLinkRow,
  LockDownRow,
  RemovedFactorRow,
  BrakeRow,
  CallerCheckRow,
  RecoveryCaseRow,
  CheckUpRow,
];
