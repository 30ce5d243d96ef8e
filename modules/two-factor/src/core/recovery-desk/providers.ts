import type { Type } from '../common/type.js';
import { CaseWork } from './case-work.js';
import { ReEnrollment } from './re-enrollment.js';
import { RecoveryDesk } from './recovery-desk.js';
import { RecoveryEligibility } from './recovery-eligibility.js';
import { RecoveryCompletion } from './recovery-completion.js';
import { RecoveryLifecycle } from './recovery-lifecycle.js';
import { RecoveryMails } from './recovery-mails.js';
import { RecoveryRequests } from './recovery-requests.js';
import { RecoverySelfService } from './recovery-self-service.js';
import { RecoveryUpkeep } from './recovery-upkeep.js';

/** The services of this folder. */
export const recoveryDeskProviders: readonly Type[] = [
  ReEnrollment,
  RecoveryMails,
  RecoveryEligibility,
  RecoveryLifecycle,
  RecoveryCompletion,
  RecoveryRequests,
  RecoveryUpkeep,
  RecoverySelfService,
  CaseWork,
  RecoveryDesk,
];
